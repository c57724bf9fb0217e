using System.Diagnostics;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Testing;

namespace Bot.Benchmarks;

/// <summary>
/// What it costs to understand one message: every reader of the front desk one after the other, as if none of them had found anything, on the shipped phrases
/// and on what is hard to hear (refusals, two wishes, mistypings, pinyin, days told in words). The limit is 200 µs.
/// </summary>
internal static class OneMessage
{
    private const int Rounds = 50;

    private static readonly DateTime Now = new(2026, 11, 18, 10, 0, 0);

    private static readonly string[] Hard =
    [
        "我不是要投诉，我想评价一下", "先查一下进度，再申请行政指导", "昨天下午三点城管来了两个人没亮证，顺便问下投诉多久有结果", "woyaotousu", "wo xiang chakan jiancha yugao",
        "我要申述检察结果", "节后第一天上午能不能改期", "月底前整改完，依据安全生产法第四十一条", "周三不行，改到下周五下午两点半", "隔壁公司上次检查查到什么了",
    ];

    public static void Measure()
    {
        var recogniser = IntentRecogniser.Load(Phrases.Shipped);
        var calendar = new WorkingCalendar(HolidayNotices.Load(Manifests.Path("holidays")));
        foreach (var (name, messages) in new[] { ("shipped phrases", Phrases.Shipped.SelectMany(entry => entry.Value).ToArray()), ("hard messages", Hard) })
        {
            foreach (var message in messages) Read(recogniser, calendar, message);
            var took = new List<double>(Rounds * messages.Length);
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var message in messages)
                {
                    var started = Stopwatch.GetTimestamp();
                    Read(recogniser, calendar, message);
                    took.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
                }
            }

            took.Sort();
            Console.WriteLine(FormattableString.Invariant($"{messages.Length,4} {name}: median {took[took.Count / 2]:0} µs, mean {took.Average():0} µs, 99 % {took[took.Count * 99 / 100]:0} µs"));
        }
    }

    private static void Read(IntentRecogniser recogniser, WorkingCalendar calendar, string text)
    {
        _ = (Emergency.Of(text), Special.Of(text), GlobalWords.Of(text), YesNo.Of(text), SideQuestions.Of(text), AsidesInAnswers.In(text, inStory: true));
        _ = (Numbers.Choice(text, 5), Numbers.ScoreAndComment(text), Corrections.Of(text, 5), Dates.Of(text, Now, Facing.Future, calendar));
        _ = (CreditCodes.Read(text), CaseNumbers.Find(text), CaseNumbers.LookupCode(text));
        foreach (var (first, then) in TwoWishes.In(text))
        {
            _ = (recogniser.Recognise(first, Audience.Enterprise), recogniser.Recognise(then, Audience.Enterprise));
        }

        _ = recogniser.Recognise(text, Audience.Enterprise);
    }
}
