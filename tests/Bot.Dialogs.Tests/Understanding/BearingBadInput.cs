using System.Diagnostics;
using System.Globalization;
using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Tests.Understanding;

public sealed class BearingBadInput(ITestOutputHelper output)
{
    private const int Length = 5_000;

    private static readonly DateTime Now = new(2026, 11, 22, 10, 0, 0);

    private static readonly IntentRecogniser Recogniser = IntentRecogniser.Load(Phrases.Shipped);

    private static readonly (string, string, string)[] Units = [("U06", "云澜区城市管理局", "城市管理")];

    public static TheoryData<string> Hostile => [.. new[] { "算了", "取消吧", "着火", "没着火", "是", "不", "1", "〔2026〕", "云监投〔", "7K3F-", "A", "9 ", "上周", "11月", "今天", "第", "改", "5分", "😀", "\u0000", "投訴", " ", "-", "!", "((", "我是", "谁" }
        .Select(piece => string.Concat(Enumerable.Repeat(piece, Length / piece.Length)))];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Five_thousand_characters_of_anything_are_read_to_the_end(string text)
    {
        var started = Stopwatch.GetTimestamp();

        ReadEverything(text);

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5), "A reader is not linear.");
    }

    [Fact]
    public void An_ordinary_message_takes_microseconds()
    {
        var phrases = Phrases.Shipped.SelectMany(entry => entry.Value).ToList();
        foreach (var phrase in phrases) ReadEverything(phrase);
        var started = Stopwatch.GetTimestamp();
        foreach (var phrase in phrases) ReadEverything(phrase);
        var each = Stopwatch.GetElapsedTime(started).TotalMicroseconds / phrases.Count;

        started = Stopwatch.GetTimestamp();
        foreach (var phrase in phrases) _ = Recogniser.Recognise(phrase, Audience.Enterprise);
        var intent = Stopwatch.GetElapsedTime(started).TotalMicroseconds / phrases.Count;
        started = Stopwatch.GetTimestamp();
        _ = IntentRecogniser.Load(Phrases.Shipped);
        var learning = Stopwatch.GetElapsedTime(started).TotalMilliseconds;

        var report = string.Create(CultureInfo.InvariantCulture, $"all readers together: {each:0} µs a message, the intent alone {intent:0} µs, learning {learning:0} ms");
        output.WriteLine(report);
        Console.WriteLine(report);
        Assert.True(each < 5_000, report);
    }

    private static void ReadEverything(string text)
    {
        _ = Recogniser.Recognise(text, Audience.Enterprise);
        _ = (Emergency.Of(text), GlobalWords.Of(text), YesNo.Of(text), Special.Of(text), SideQuestions.Of(text));
        _ = (Numbers.Choice(text, 5), Numbers.Choices(text, 5), Numbers.ScoreAndComment(text), Corrections.Of(text, 5), Dates.Of(text, Now));
        _ = (CreditCodes.Read(text), CaseNumbers.Find(text), CaseNumbers.Handle(text), CaseNumbers.LookupCode(text), PeopleAndUnits.Unit(text, Units));
        _ = Fragments.Join([(text, TimeSpan.FromSeconds(1)), (text, TimeSpan.Zero)]);
    }
}
