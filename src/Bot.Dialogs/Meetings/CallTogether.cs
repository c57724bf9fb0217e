using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using Bot.Domain.Meetings;

namespace Bot.Dialogs.Meetings;

/// <summary>The justice bureau calls people together: 会商 (S43), 联席会议 (S02), 座谈会 (S08), 督查 (D02), 培训 (W33, D25), 企业公益课 (W27).</summary>
public static class CallTogether
{
    private const int Longest = 100;
    private const string Everybody = "全部";
    private const string NoAgenda = "没有议程";

    private static readonly Dictionary<string, MeetingKind> Openings = new(StringComparer.Ordinal)
    {
        ["约会商"] = MeetingKind.Consultation,
        ["工作会商"] = MeetingKind.Consultation,
        ["发起会商"] = MeetingKind.Consultation,
        ["会商"] = MeetingKind.Consultation,
        ["联席会议"] = MeetingKind.Joint,
        ["召开联席会议"] = MeetingKind.Joint,
        ["督查"] = MeetingKind.Check,
        ["督查通知"] = MeetingKind.Check,
        ["发督查通知"] = MeetingKind.Check,
        ["执法培训"] = MeetingKind.Training,
        ["办培训"] = MeetingKind.Training,
        ["培训通知"] = MeetingKind.Training,
        ["座谈会"] = MeetingKind.Seminar,
        ["开座谈会"] = MeetingKind.Seminar,
        ["企业座谈会"] = MeetingKind.Seminar,
        ["企业公益课"] = MeetingKind.Course,
        ["公益课"] = MeetingKind.Course,
        ["办公益课"] = MeetingKind.Course,
    };

    public static Conversation Conversation { get; } = new("CallTogether", "召集会议", "这次召集", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text is "召集会议" or "开会" or "发会议通知" || Openings.ContainsKey(text),
        Browsing = ["kind"],
    };

    private static async Task Play(Chat chat)
    {
        var kind = Openings.TryGetValue(chat.Opening, out var opened)
            ? opened
            : Enum.Parse<MeetingKind>(await chat.Choose("kind", "要召集什么？", [.. Enum.GetValues<MeetingKind>().Select(one => new Option(one.ToString(), one.Name()))]));
        var topic = await chat.Ask("topic", $"{kind.Name()}的主题是什么？", Longest);
        var day = await chat.Ask("day", "哪一天？", said => ReadDay(said, chat.Calendar, kind));
        var time = await chat.Ask("time", "几点到几点？例如“9:00到11:00”。", TimeSpans.Read);
        var place = await chat.Ask("place", "在哪里？", Longest);
        var units = kind.IsOfUnits() ? await chat.Look(new UnitsForGuidance(chat.Visitor)) : [];
        IReadOnlyList<string> unitIds = [];
        var which = "";
        if (kind.IsOfUnits())
            unitIds = await chat.Ask("who", "请哪些单位？说单位名称，用顿号隔开，或者说“全部”。", said => said.Text is Everybody or "所有单位" or "全区" ? new Read<IReadOnlyList<string>>(true, [], null) : NamingUnits.Read(said, units), takesAnything: false, Everybody);
        else
            which = await chat.Ask("who", $"请哪些企业？说镇街（如“青榆镇”）、行业（如“餐饮”）或“全部”。{(kind == MeetingKind.Course ? $"只发给职工少于{chat.Rules.SmallEnterpriseBelow.Value}人的企业，免费参加。" : "")}", 50, Everybody);
        var agenda = await chat.Ask("agenda", "议程或内容是什么？没有就回复“没有议程”。", 1000, NoAgenda);
        if (agenda is NoAgenda or "没有" or "无")
            agenda = "";
        var reach = await chat.Look(new MeetingReach(chat.Visitor, kind, unitIds, which));
        if (reach.People == 0)
        {
            chat.Say("这个范围里没有可以通知的人，没有发出。请换一个范围再说一次。", "召集会议");
            return;
        }

        var who = kind.IsOfUnits() ? (unitIds.Count == 0 ? $"全部{reach.Units}个单位" : NamingUnits.Names(unitIds, units)) : $"{reach.Enterprises}家企业";
        var sure = await chat.Review(
            "send",
            $"{kind.Name()}通知，将发给{reach.People}人：",
            [
                new ReviewItem("topic", "主题", topic),
                new ReviewItem("day", "日期", ChineseDates.LongWithWeekday(day)),
                new ReviewItem("time", "时间", time.ToString()),
                new ReviewItem("place", "地点", place),
                new ReviewItem("who", "范围", who),
                new ReviewItem("agenda", "议程", agenda.Length > 0 ? agenda : "没有"),
            ],
            "发出",
            "不发");
        if (!sure)
        {
            chat.Say("好的，没有发出。");
            return;
        }

        var called = await chat.Send(new CallMeeting(chat.Visitor, kind, topic, new MeetingTime(day, time.From, time.To, place), agenda, unitIds, which, chat.Pages));
        chat.Say($"已发出，{called.Number}，通知{called.Invited}人，附日历文件。要改期说“改期会议 {called.MeetingId}”，取消说“取消会议 {called.MeetingId}”。", $"会议 {called.MeetingId}");
    }

    internal static Read<DateOnly> ReadDay(Said said, WorkingCalendar calendar, MeetingKind kind)
    {
        if (Dates.Of(said.Text, said.ChinaNow, Facing.Future, calendar) is not { } moment || moment.On < DateOnly.FromDateTime(said.ChinaNow))
            return Read.No<DateOnly>("请说今天以后的一天，例如“下周三”“12月8日”。");
        return kind.IsOfUnits() && !calendar.IsWorkingDay(moment.On)
            ? Read.No<DateOnly>($"{ChineseDates.WithWeekday(moment.On)}不上班（{calendar.Describe(moment.On).Why}），请另定一个工作日。")
            : moment.On;
    }
}

/// <summary>Another time for a meeting, or none (S43).</summary>
public static class ChangeMeeting
{
    private const string Move = "改期会议";
    private const string Cancel = "取消会议";

    public static Conversation Conversation { get; } = new("ChangeMeeting", "会议变更", "这次变更", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text.StartsWith(Move, StringComparison.Ordinal) || text.StartsWith(Cancel, StringComparison.Ordinal),
    };

    private static async Task Play(Chat chat)
    {
        var moves = chat.Opening.StartsWith(Move, StringComparison.Ordinal);
        var id = chat.Opening[(moves ? Move : Cancel).Length..].Trim();
        if (await chat.Look(new MyMeetings(chat.Visitor, id.Length == 0 ? "?" : id)) is not [var meeting, ..])
        {
            chat.Say("没有查到这次会议，说“会议”可以看到现有的。", "会议");
            return;
        }

        if (!moves)
        {
            var why = await chat.Ask("why", $"取消{SeeMeetings.Head(meeting)}，请写明原因，参加的人会看到。", 300);
            var gone = await chat.Send(new CancelMeeting(chat.Visitor, meeting.Id, why));
            chat.Say($"已取消，告知{gone.Invited}人。");
            return;
        }

        var day = await chat.Ask("day", $"{SeeMeetings.Head(meeting)}改到哪一天？", said => CallTogether.ReadDay(said, chat.Calendar, meeting.Kind));
        var time = await chat.Ask("time", "几点到几点？例如“9:00到11:00”。", TimeSpans.Read);
        var place = await chat.Ask("place", $"地点变吗？原来是{meeting.Time.Place}，不变就回复“不变”。", 100, "不变");
        var moved = await chat.Send(new MoveMeeting(chat.Visitor, meeting.Id, new MeetingTime(day, time.From, time.To, place == "不变" ? meeting.Time.Place : place), chat.Pages));
        chat.Say($"已改到{ChineseDates.LongWithWeekday(day)}{time}，告知{moved.Invited}人。", $"会议 {moved.MeetingId}");
    }
}

/// <summary>The meetings ahead, each with its calendar file.</summary>
public static class SeeMeetings
{
    private const string Meetings = "会议";

    public static Conversation Conversation { get; } = new("SeeMeetings", Meetings, "这次查看", Play)
    {
        Roles = [ActorRole.Supervisor, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Inspector, ActorRole.EnterpriseUser, ActorRole.LegalObserver],
        Opens = text => text is Meetings or "会议通知" or "我的会议" or "培训" or "课程" or "我的培训" || text.StartsWith($"{Meetings} ", StringComparison.Ordinal),
    };

    internal static string Head(MeetingView meeting) => $"{ChineseDates.WithWeekday(meeting.Time.On)}{meeting.Kind.Name()}“{meeting.Topic}”";

    private static async Task Play(Chat chat)
    {
        var id = chat.Opening.StartsWith($"{Meetings} ", StringComparison.Ordinal) ? chat.Opening[Meetings.Length..].Trim() : null;
        var meetings = await chat.Look(new MyMeetings(chat.Visitor, id));
        if (meetings.Count == 0)
        {
            chat.Say(id is null ? "近期没有请您参加的会议、培训或课程。" : $"没有查到会议 {id}，说“会议”可以看到现有的。");
            return;
        }

        if (meetings.Count == 1)
        {
            chat.Say(InFull(chat, meetings[0]), chat.Visitor.Role == ActorRole.Supervisor && meetings[0].CancelledBecause is null ? [$"改期会议 {meetings[0].Id}", $"取消会议 {meetings[0].Id}"] : []);
            return;
        }

        chat.Say(string.Join('\n', meetings.Select(meeting => $"{meeting.Id} {ChineseDates.WithWeekday(meeting.Time.On)}{ChineseDates.Time(meeting.Time.From)} {meeting.Kind.Name()}：{meeting.Topic}，{meeting.Time.Place}")), [.. meetings.Take(5).Select(meeting => $"会议 {meeting.Id}")]);
    }

    private static string InFull(Chat chat, MeetingView meeting)
    {
        var lines = new List<string>
        {
            $"{meeting.Number} {meeting.Kind.Name()}：{meeting.Topic}",
            meeting.CancelledBecause is { } because ? $"已取消：{because}" : "",
            $"时间：{ChineseDates.LongWithWeekday(meeting.Time.On)}{ChineseDates.Time(meeting.Time.From)}—{ChineseDates.Time(meeting.Time.To)}",
            $"地点：{meeting.Time.Place}",
            meeting.Agenda.Length > 0 ? $"议程：{meeting.Agenda}" : "",
            chat.Visitor.Role == ActorRole.Supervisor ? $"通知{meeting.Invited}人" : "",
            chat.Pages is { } root ? $"日历文件：{MeetingLink.Of(root, meeting.Token)}" : "",
        };
        return string.Join('\n', lines.Where(line => line.Length > 0));
    }
}

/// <summary>S02: one file with what is open at each unit.</summary>
public static class ExportMeetingPack
{
    public static Conversation Conversation { get; } = new("ExportMeetingPack", "联席会议材料", "这次导出", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text is "导出联席会议材料" or "联席会议材料" or "导出会议材料" or "会议材料",
        Fleeting = true,
    };

    private static async Task Play(Chat chat)
    {
        if (chat.Pages is not { } root)
        {
            chat.Say("文件还不能导出：系统还没有设置访问地址，请联系管理员。");
            return;
        }

        var pack = await chat.Send(new MakeMeetingPack(chat.Visitor));
        chat.Say($"联席会议材料已准备（Word），{pack.Units}个单位共{pack.Items}项未结：\n{MeetingPack.LinkTo(root, pack.Token)}\n{ChineseDates.WithTime(pack.Until)}前有效。投诉人信息和投诉内容不在里面。请核对后使用。", "召集会议");
    }
}
