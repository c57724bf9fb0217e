using System.Text.RegularExpressions;
using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Conversations;

/// <summary>Reads what was said as the answer to the usual kinds of question.</summary>
internal static partial class Answers
{
    private const int LongestChoice = 15;
    private const int LongestSupplement = 2000;

    public static Read<string> Text(Said said, int longest)
    {
        if (said.Files.Count > 0 && said.Text.Length == 0)
            return Read.No<string>("图片收到了。请再用文字说一下，我才好登记。");
        if (said.Text.Length == 0)
            return Read.No<string>("请用文字说一下。");
        return said.ForPeople.Length > longest ? Read.No<string>($"这段有{said.ForPeople.Length}字，请控制在{longest}字以内。") : said.ForPeople;
    }

    public static Read<string> Choice(Said said, IReadOnlyList<Option> options)
    {
        if (Numbers.Choice(said.Text, options.Count) is { } number)
            return options[number - 1].Code;
        var exact = options.FirstOrDefault(option => Normalise.Text(option.Label) == said.Text || option.Also.Contains(said.Text, StringComparer.Ordinal));
        if (exact is not null)
            return exact.Code;

        // A word of the option inside a short answer ("生态环境的"); two options that fit are no answer.
        var words = EitherOr().Replace(said.Text, "");
        var fitting = words.Length > LongestChoice
            ? []
            : options.Where(option => option.Also.Append(option.Label).Any(word => word.Length > 1 && words.Contains(word, StringComparison.Ordinal))).Take(2).ToArray();
        if (fitting.Length == 0 && words.Length is > 1 and <= LongestChoice)
            fitting = [.. options.Where(option => Name(option).Contains(words, StringComparison.OrdinalIgnoreCase)).Take(2)];
        if (fitting.Length == 1)
            return fitting[0].Code;
        return Read.No<string>(options.Count == 1 ? "没听明白，请回复1，或点下面的按钮。" : $"没听明白，请回复1到{options.Count}的数字，或点下面的按钮。");
    }

    /// <summary>The part of a name that people say (晨溪 of 云澜区晨溪食品有限公司), not what explains it in brackets.</summary>
    private static string Name(Option option) => option.Label.Split('（')[0];

    public static Read<bool> YesOrNo(Said said, string yes, string no)
    {
        if (said.Text == yes || Numbers.Choice(said.Text, 2) == 1)
            return true;
        if (said.Text == no || Numbers.Choice(said.Text, 2) == 2)
            return false;
        return YesNo.Of(said.Text) is { } answer ? answer : Read.No<bool>($"请回复“{yes}”或“{no}”。");
    }

    public static Read<Supplement> Supplement(Said said)
    {
        if (said.Text.Length > LongestSupplement)
            return Read.No<Supplement>($"这段有{said.Text.Length}字，请控制在{LongestSupplement}字以内，或分几次说。");
        if (said.Files.Count > 0)
            return new Supplement(said.ForPeople, said.Files);
        if (said.Text.Length == 0)
            return Read.No<Supplement>("请补充文字或照片，没有就回复“没有”。");
        return new Supplement(YesNo.Of(said.Text) == false || said.Text is "提交" or "没有了" or "就这些" ? "" : said.ForPeople, []);
    }

    /// <summary>What a review was answered with: the item to be asked again, with its new value when it was said, or a plain answer.</summary>
    public static (ReviewItem? Again, string? Value, Read<bool> Answer) Review(Said said, IReadOnlyList<ReviewItem> items, string submit, string drop)
    {
        var names = items.SelectMany(item => Called(item.Label).Select(name => (Item: item, Name: name))).ToArray();
        if (Corrections.Of(said.Text, items.Count) is { } numbered)
            return (items[numbered.Item - 1], numbered.Value, default);
        if (Corrections.Named(said.Text, [.. names.Select(one => one.Name)]) is { } correction)
            return (names[correction.Item - 1].Item, correction.Value, default);
        if (items.FirstOrDefault(item => item.Claims?.Invoke(said.Text) == true) is { } claimed)
            return (claimed, said.Text, default);
        if (said.Text == submit || Numbers.Choice(said.Text, 3) == 1)
            return (null, null, true);
        if (said.Text == drop || Numbers.Choice(said.Text, 3) == 3)
            return (null, null, false);
        if (Corrections.Wanted(said.Text) || Numbers.Choice(said.Text, 3) == 2)
            return (null, null, Read.No<bool>(items.Count == 1 ? "要改请回复“改第1项”。" : $"要改哪一项？请回复“改第1项”到“改第{items.Count}项”。"));
        if (YesNo.IsNothing(said.Text))
            return (null, null, Read.No<bool>($"没有要改的就回复“{submit}”，这样才算办成；不想办了，回复“{drop}”。"));
        return (null, null, YesNo.Of(said.Text) is { } answer ? answer : Read.No<bool>($"请回复“{submit}”“改第几项”或“{drop}”。"));
    }

    /// <summary>The name a line of a review is shown with, and what people call it as well.</summary>
    private static string[] Called(string label) => label switch
    {
        "时间" => [label, "日期", "哪天"],
        "日期" => [label, "时间", "哪天"],
        "单位" => [label, "部门"],
        "经过" => [label, "过程"],
        _ => [label],
    };

    /// <summary>要不要, 是不是: no word of them says yes or no.</summary>
    [GeneratedRegex(@"([\u4e00-\u9fff])[不没]\1")]
    private static partial Regex EitherOr();
}
