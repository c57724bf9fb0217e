using System.Buffers;

namespace Bot.Dialogs.Understanding;

/// <summary>A general question that can come in the middle of anything; it is answered and the open prompt is asked again.</summary>
public enum SideQuestion
{
    None,
    QuietDays,
    OfficeHours,
    HowCounted,
    Confidentiality,
    Consequences,
    HowLong,
    Basis,
    LookupCodes,
}

/// <summary>Recognises side questions. Only short questions count: the same words in a told story ("安静日还来查") are an answer.</summary>
public static class SideQuestions
{
    private const int LongestQuestion = 30;

    private static readonly SearchValues<string> Asking = SearchValues.Create(["?", "吗", "么", "什么", "哪", "几", "多久", "多长", "怎么", "如何", "为啥", "会不会", "能不能", "是不是", "要不要", "可不可以", "算不算", "多少", "谁", "呢", "到底", "查询", "有没有"], StringComparison.Ordinal);
    private static readonly string[] Telling = ["他们", "没说", "没有说", "不说", "我们没", "来查了", "还来", "不给"];

    private static readonly string[] OwnSafety = ["匿名", "实名", "查到我", "知道是我", "知道我是谁", "看到我", "看到是我", "告诉他们", "报复", "得罪", "穿小鞋", "记恨", "找我麻烦", "找我们麻烦"];

    /// <summary>How often something has to be done is no question of how long we take: 灭火器多久检一次.</summary>
    private static readonly string[] HowOften = ["一次", "一回", "保存", "有效期", "年检"];

    private static readonly (SideQuestion Question, string[] AnyOf, string[] AndOneOf)[] Rows =
    [
        (SideQuestion.HowCounted, ["怎么算出来", "怎么算的", "怎么计算", "如何计算", "咋算", "怎么数的", "怎么得出", "算出来的", "按什么算", "哪几天不算", "周末算不算", "节假日算不算", "工作日怎么算", "是工作日吗", "算工作日"], []),
        (SideQuestion.LookupCodes, ["查询码", "码"], ["忘了", "丢了", "过期", "有效", "找回", "在哪", "没存", "怎么查", "找不到"]),
        (SideQuestion.QuietDays, ["安静日", "宁静日", "安静期"], []),
        (SideQuestion.OfficeHours, ["几点下班", "几点上班", "几点关门", "上班时间", "下班时间", "办公时间", "工作时间", "营业时间", "几点开门", "周末上班", "周六上班", "周日上班", "有人值班", "几点到几点", "中午休息", "节假日上班", "服务时间"], []),
        (SideQuestion.Consequences, ["得罪", "报复", "穿小鞋", "有影响", "影响信用", "影响我们", "找麻烦", "后果", "吃亏", "记恨", "有什么影响"], []),
        (SideQuestion.Confidentiality, ["被知道", "会知道", "被他们知道", "让他们知道", "单位知道", "被单位知道", "知道是我", "知道是谁", "看到我", "看得到", "看得见", "保密", "泄露", "泄漏", "透露", "存哪", "保存什么", "记录我", "留下什么", "隐私", "查到我", "我的信息", "会不会告诉", "公开吗", "被发现"], []),
        (SideQuestion.HowLong, ["多久", "多长时间", "等几天", "要几天", "几天能", "几天内", "几个工作日", "什么时候能好", "什么时候回", "什么时候答复", "几号答复", "几号能", "啥时候回"], []),
        (SideQuestion.Basis, ["依据", "凭什么", "哪条规定", "哪一条", "哪个文件", "什么规定", "哪部法", "法律规定", "根据什么", "检查标准"], []),
    ];

    /// <summary>The side question that the message is, or <see cref="SideQuestion.None"/>.</summary>
    public static SideQuestion Of(string text)
    {
        var whole = Normalise.Text(text);
        if (whole.Length is 0 or > LongestQuestion || !whole.AsSpan().ContainsAny(Asking) || Holds(whole, Telling) && !whole.EndsWith('?') && !whole.EndsWith('吗')) return SideQuestion.None;
        foreach (var (question, anyOf, andOneOf) in Rows)
        {
            if (Holds(whole, anyOf) && !(question == SideQuestion.HowLong && Holds(whole, HowOften)) && (andOneOf.Length == 0 || Holds(whole, andOneOf))) return question;
        }

        return SideQuestion.None;
    }

    /// <summary>The question of somebody who asks for their own safety (匿名的话你们能查到我吗) and says nothing else: whatever question is open, that is no answer to it.</summary>
    public static SideQuestion OfOwnSafety(string text)
    {
        var whole = Normalise.Text(text);
        var question = Of(whole.Replace("他们", "", StringComparison.Ordinal));
        return question is SideQuestion.Confidentiality or SideQuestion.Consequences && Holds(whole, OwnSafety)
            && whole.AsSpan(0, whole.Length - 1).IndexOfAny(",。;!?") < 0 && !whole.Contains("怎么知道", StringComparison.Ordinal)
            && (whole[^1] is '?' or '吗' or '呢' or '么' || whole.Contains("会不会", StringComparison.Ordinal))
            ? question
            : SideQuestion.None;
    }

    private static bool Holds(string text, string[] words) => Array.Exists(words, word => text.Contains(word, StringComparison.Ordinal));
}
