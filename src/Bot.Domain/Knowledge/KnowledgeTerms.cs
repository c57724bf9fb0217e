using System.Text;

namespace Bot.Domain.Knowledge;

/// <summary>
/// The words of a Chinese text for searching: of two neighbouring characters each (涉爆粉尘 is 涉爆, 爆粉, 粉尘), of Latin letters and digits as they are
/// written together. Both databases index these and nothing of their own, so that both find the same.
/// </summary>
public static class KnowledgeTerms
{
    /// <summary>Raise it when texts are taken apart in another way; the library is then indexed anew.</summary>
    internal const int Version = 1;

    private const int MostOfQuery = 24;

    /// <summary>What people say around what they look for.</summary>
    private static readonly string[] Around =
    [
        "有没有", "能不能", "可不可以", "要不要", "是不是", "会不会", "怎么办", "怎么样", "为什么", "什么时候", "多长时间", "请问一下", "想问一下", "告诉我", "我想知道", "合规指引", "查案例", "常见问题",
        "请问", "想问", "你好", "您好", "怎么", "怎样", "如何", "什么", "哪些", "哪个", "哪里", "多少", "多久", "可以", "需要", "应该", "必须", "我们", "你们", "他们", "咱们", "这个", "那个", "一下", "关于", "有关", "方面",
        "谢谢", "麻烦", "查一下", "查查", "搜一下", "找一份", "看看", "类似", "别的", "资料", "知识库", "案例库", "指引", "案例", "规定", "要求", "问题", "企业", "单位", "公司", "的话",
    ];

    private static readonly HashSet<char> Particles = [.. "的了吗呢吧啊呀哦么嘛我你您他她它们是在就都也还又要请和与或及把被给让该"];

    /// <summary>Every word of the texts once, in the order in which they come.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> texts) => [.. texts.SelectMany(Words).Distinct(StringComparer.Ordinal)];

    /// <summary>The words of what somebody looks for, without what only leads up to it.</summary>
    public static IReadOnlyList<string> OfQuery(string words)
    {
        var left = words;
        foreach (var said in Around)
            left = left.Replace(said, " ", StringComparison.Ordinal);
        var bare = new string([.. left.Select(c => Particles.Contains(c) ? ' ' : c)]);
        var found = Of([bare]);

        // Who asks for nothing but 企业规定 means that.
        return [.. (found.Count > 0 ? found : Of([words])).Take(MostOfQuery)];
    }

    private static IEnumerable<string> Words(string text)
    {
        var plain = text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var at = 0;
        while (at < plain.Length)
        {
            var start = at;
            if (IsHan(plain[at]))
            {
                while (at < plain.Length && IsHan(plain[at]))
                    at++;
                for (var i = start; i + 1 < at; i++)
                    yield return plain.Substring(i, 2);
            }
            else if (char.IsAsciiLetterOrDigit(plain[at]))
            {
                while (at < plain.Length && char.IsAsciiLetterOrDigit(plain[at]))
                    at++;
                if (at - start > 1)
                    yield return plain[start..at];
            }
            else
            {
                at++;
            }
        }
    }

    private static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff' or >= '\u3400' and <= '\u4dbf';
}
