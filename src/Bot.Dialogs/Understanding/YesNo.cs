namespace Bot.Dialogs.Understanding;

/// <summary>Chinese yes and no as people type them. Anything that is not wholly the one or the other is neither.</summary>
public static class YesNo
{
    private const int Longest = 24;

    private static readonly WordTable<bool?> Words = new(
    [
        (true, "是 是的 对 对的 好 好的 好吧 行 可以 嗯 恩 确认 确定 没错 没问题 无误 正确 ok okay yes y yep sure 要 要的 需要 同意 提交 提交吧 交 发 发送 发吧 就这样 就这么办 就这个 当然 愿意 有 有的 没意见 接受 继续 中 成 得 收到 明白 是滴 好滴 好嘞 好呀 可 👌 👍 shi shide haode keyi queren"),
        (false, "不 不是 不是的 不对 不要 不要了 不用 不用了 先不用 暂不 暂时不用 不行 不可以 不可 否 否定 没 没有 没有了 无 别 先别 先不 先不要 算了 错 错了 不同意 不愿意 不需要 不接受 不提交 不交 不发 不改 不留 不补充 不删 不必 不必了 免了 不了 不确认 不确定提交 再说 以后再说 下次吧 no n nope 都没有 暂时没有 没了 bu bushi buyao buyong meiyou"),
        (null, "不是不 不确定 对不起 对不对 是不是 要不要 好不好 行不行 可不可以 有没有 没有不"),
    ]);

    private static readonly WordTable<bool> Padding = new([(true, "吧 了 啊 呀 哦 嘛 啦 哈 哎 噢 喔 谢谢 谢谢你 谢谢您 多谢 谢了 先 我 那 那就 就 请 麻烦了 辛苦了 都 也 其他的 其它 其他 目前 暂时 现在 的")]);

    private static readonly string[] Nothings = ["没", "没有", "没了", "没有了", "无", "都没有", "没别的", "没有别的", "没其他的", "没啥", "没什么", "不改", "不用改", "不补充", "就这些", "就这样了"];

    /// <summary>Whether the message only says that there is nothing to add or change (没有了, 不改). Where something is to be submitted that is no refusal of it.</summary>
    public static bool IsNothing(string text)
    {
        var bare = Normalise.Text(text).Trim(' ', ',', '。', '.', '!').TrimEnd('了', '吧', '啊', '呀', '啦', '哦', '的');
        return Array.Exists(Nothings, word => word == bare || word.TrimEnd('了', '的') == bare) || bare is "没有要改" or "没有补充" or "没有要补充" or "没有其他" or "没有问题要改";
    }

    /// <summary>True, false, or null when the message says neither or both.</summary>
    public static bool? Of(string text)
    {
        var whole = Normalise.Text(text).ToLowerInvariant();
        if (whole.Length > Longest || whole.AsSpan().IndexOfAny("?吗") >= 0) return null;
        var rest = whole.AsSpan();
        bool? answer = null;
        while (rest.Length > 0)
        {
            if (Words.Read(rest, out var length, out var word))
            {
                if (word is null || answer is not null && answer != word) return null;
                answer = word;
            }
            else if (Padding.Read(rest, out length, out _) || Normalise.IsMark(rest[0]) && (length = 1) == 1)
            {
                rest = rest[length..];
                continue;
            }
            else return null;

            if (EndsInsideLatinWord(rest, length)) return null;
            rest = rest[length..];
        }

        return answer;
    }

    private static bool EndsInsideLatinWord(ReadOnlySpan<char> rest, int length) =>
        length < rest.Length && char.IsAsciiLetter(rest[length - 1]) && char.IsAsciiLetterOrDigit(rest[length]);
}
