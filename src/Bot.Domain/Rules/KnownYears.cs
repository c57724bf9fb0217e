namespace Bot.Domain.Rules;

/// <summary>Years that somebody may ask about: what nobody can mean is asked again before anything is counted.</summary>
public static class KnownYears
{
    private const int First = 2000;
    private const int Last = 2100;

    private static readonly Rule OfThisCentury = new("请写2000年到2100年之间的年份和1到12的月份。", "J08");

    public static void Require(int year, int month = 1) => OfThisCentury.Require(year is >= First and <= Last && month is >= 1 and <= 12);
}
