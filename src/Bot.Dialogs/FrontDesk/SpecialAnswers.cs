using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;

namespace Bot.Dialogs.FrontDesk;

/// <summary>Answers to messages that must not run into an intent: what is asked for is refused, belongs elsewhere or needs care (H09–H41).</summary>
internal static class SpecialAnswers
{
    private const int DaysLookedBack = 20;
    private const int DaysLookedAhead = 400;

    public static string ToEmergency(EmergencyKind kind)
    {
        var call = kind switch
        {
            EmergencyKind.Poisoning or EmergencyKind.Casualty => "请马上拨打120（急救）；被困、起火拨打119，人身安全受威胁拨打110。",
            EmergencyKind.Violence => "请马上拨打110（报警）；有人受伤拨打120，起火拨打119。",
            _ => "请马上拨打119（火警、泄漏）；有人受伤拨打120，人身安全受威胁拨打110。",
        };
        return $"{call}先离开危险的地方。我这里不能代替报警。";
    }

    /// <summary>The answer to a special message that needs no conversation, or null when it is handled elsewhere.</summary>
    public static string? To(SpecialMessage special, string text, Surroundings world)
    {
        var office = world.Rules.SupervisionOffice;
        return special.Kind switch
        {
            SpecialKind.IntegrityClue => $"这类情况由{office.Name}专岗受理，可依规移送纪检监察机关，绝不会转给被投诉单位；可以匿名。",
            SpecialKind.AsksForComplainant => "投诉人的信息保密，我不能告诉您，也请不要打听。对投诉涉及的检查有不同意见，可以申诉或提意见。",
            SpecialKind.OthersMatter => "这里只能看您自己企业的检查，和您本人提交的投诉、申请。别的企业和个人的事要保密，不能告诉您，也请不要代查。依法公示的检查结果，可以到检查单位的公示网站上看。",
            SpecialKind.VoteStuffing => "每家企业只能评价与自己有关、已经完成的检查，每次检查评一次，不能代别人评。要评价本企业的检查，请点“评价检查”。",
            SpecialKind.OutOfScope => OutOfScope(special.Detail),
            SpecialKind.LegalDrafting => "我不能代写法律文书，也不能代替机关或律师下结论。对行政决定不服的，一般可在知道决定之日起60日内向作出机关的本级人民政府申请行政复议，或依法起诉，以决定书写明的机关和期限为准。写文书可拨打12348公共法律服务热线。对检查记录有异议，可以在这里申诉，由检查单位说明依据。",
            SpecialKind.RescheduleAroundQuietDays => $"{SideAnswers.QuietDays("", world)}\n改期可以提，由检查单位决定，答复前原时间有效。要我转达改期的意愿吗？",
            SpecialKind.DeadlineAcrossHoliday => AcrossDaysOff(special.Detail, world),
            SpecialKind.NoLicence => "没有营业执照也可以匿名咨询和投诉。绑定企业需要18位统一社会信用代码，领到执照后再绑定就行；开办企业可到区政务服务中心企业开办专窗或“一网通办”办理。",
            SpecialKind.Injection => "我只会办菜单里的事。",
            SpecialKind.ClaimsToBeOfficial => "公务操作只认企业微信的身份，这里不办。请在企业微信里打开本应用办理。",
            SpecialKind.GiftOffer => "谢谢您的认可，心意领了。执法人员不得接受馈赠和宴请，锦旗也不用送；写一条评价就是最好的鼓励。",
            _ => null,
        };
    }

    private static string OutOfScope(string topic) => topic switch
    {
        "wages" => "欠薪不由这里办理。请拨打12333（人力资源社会保障热线）或12345，也可以向区劳动保障监察部门投诉。",
        "crime" => "被骗、被偷请向公安机关报案，拨打110；反诈咨询96110。这里只办与涉企行政检查有关的事。",
        _ => "买卖和合同纠纷不由这里办理。消费问题可拨打12315，其他诉求拨打12345；涉嫌诈骗请向公安机关报案（110）。这里只办与涉企行政检查有关的事。",
    };

    // "春节前最后一天问的": the example is the last working day before those days off, the nearest ones.
    private static string AcrossDaysOff(string named, Surroundings world)
    {
        var today = DateOnly.FromDateTime(world.ChinaNow);
        var from = LastWorkingDayBefore(named, today, world.Calendar) ?? today;
        var period = world.Rules.GuidanceReply.Period;
        var due = world.Calendar.Due(from, period);
        return $"{ChineseDates.LongWithWeekday(from)}提出的行政指导申请，{period}内答复，最迟{ChineseDates.Due(due)}。\n{world.Calendar.Explain(from, due)}";
    }

    private static DateOnly? LastWorkingDayBefore(string named, DateOnly today, WorkingCalendar calendar)
    {
        var holiday = named switch
        {
            "过年" or "除夕" => "春节",
            "五一" => "劳动节",
            _ => named,
        };
        for (var day = today.AddDays(-DaysLookedBack); day < today.AddDays(DaysLookedAhead); day = day.AddDays(1))
        {
            if (calendar.Describe(day) is { Kind: DayKind.Holiday } info && info.Why.StartsWith(holiday, StringComparison.Ordinal))
                return calendar.AddWorkingDays(day, -1);
        }

        return null;
    }
}
