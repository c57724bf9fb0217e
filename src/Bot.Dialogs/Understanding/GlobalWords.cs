using System.Buffers;
using System.Globalization;

namespace Bot.Dialogs.Understanding;

/// <summary>The five words that work at any depth of any conversation.</summary>
public enum GlobalWord
{
    None,
    Cancel,
    Back,
    Menu,
    Help,
    Human,
}

/// <summary>
/// Reads a global word only when it is the whole message or its first clause, with nothing but politeness around it.
/// A word inside an answer never counts: a project called "人工智能" must not call a person.
/// </summary>
public static class GlobalWords
{
    private const int LongestClause = 24;

    // "不X了" ends a conversation for whatever a person may be doing in one.
    private static readonly string Refusals = string.Join(' ',
        from doing in (string[])["办", "弄", "问", "说", "填", "写", "报", "搞", "查", "评", "绑", "发", "投诉", "举报", "提交", "申请", "评价", "反馈", "绑定", "申诉", "改期", "咨询", "继续", "反映", "预约"]
        from refusal in (string[])["不{0}了", "不想{0}了", "不要{0}了", "不再{0}了", "先不{0}了", "别{0}了"]
        select string.Format(CultureInfo.InvariantCulture, refusal, doing));

    private static readonly WordTable<GlobalWord> Words = new(
    [
        (GlobalWord.Cancel, "取消 算了 退出 放弃 停 停止 终止 中止 结束 作废 撤销 撤回 别提交 别交 先不提交 先不交 先别提交 不提交 点错了 按错了 取消操作 不继续 cancel exit quit stop quxiao tuichu suanle"),
        (GlobalWord.Cancel, Refusals),
        (GlobalWord.Back, "返回 上一步 返回上一步 回上一步 回到上一步 退回上一步 退到上一步 后退 回去 返回上一级 回到上一级 上一级 上一题 上一页 返回上一题 前一步 back fanhui"),
        (GlobalWord.Menu, "菜单 主菜单 返回主菜单 回到主菜单 回主菜单 返回菜单 回到菜单 打开菜单 看菜单 首页 返回首页 回到首页 回首页 主页 menu caidan"),
        (GlobalWord.Help, "帮助 使用帮助 帮助中心 使用说明 怎么用 help bangzhu"),
        (GlobalWord.Human, "人工 转人工 转接人工 找人工 接人工 叫人工 联系人工 人工客服 转人工客服 人工服务 转人工服务 人工坐席 客服 转客服 找客服 联系客服 真人 转真人 找真人 真人客服 接线员 human agent rengong zhuanrengong kefu"),
    ]);

    private static readonly WordTable<bool> Before = new([(true, "wo_yao woyao wo_xiang woxiang zhuan i_want_to 我要 我想 我想要 我 想 要 请 请帮我 帮我 麻烦 麻烦你 麻烦您 给我 那 那就 就 还是 先 快 快点 马上 直接 请问 你 您 能不能 可以 能 可不可以 需要 还是先 唉 哎 额 呃 嗯")]);

    private static readonly WordTable<bool> After = new([(true, "吧 了 啦 呀 啊 呢 哦 嘛 吗 的 一下 下 谢谢 谢谢你 谢谢您 多谢 好吗 行吗 可以吗 行不行 先 你 您 我 给我 这次 本次 此次 这个 这次申请 这次投诉 这次评价 这次操作 本次申请 本次投诉 本次评价 本次操作 此次申请 操作 流程 填写 办理 please")]);

    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(",.。、;!?~…:");

    /// <summary>What the message asks for, or <see cref="GlobalWord.None"/>.</summary>
    public static GlobalWord Of(string text)
    {
        var whole = Normalise.Text(text).ToLowerInvariant();
        if (whole == "?") return GlobalWord.Help;
        var rest = whole.AsSpan().TrimStart(" ,.。、!?~…-—");
        var end = rest.IndexOfAny(ClauseEnds);
        var clause = (end < 0 ? rest : rest[..end]).TrimEnd();
        return clause.Length is 0 or > LongestClause ? GlobalWord.None : OfClause(clause);
    }

    private static GlobalWord OfClause(ReadOnlySpan<char> clause)
    {
        var found = GlobalWord.None;
        while (clause.Length > 0)
        {
            if (clause[0] == ' ') clause = clause[1..];
            else if (Words.Read(clause, out var length, out var word) && (found == GlobalWord.None || found == word))
            {
                found = word;
                clause = clause[length..];
            }
            else if ((found == GlobalWord.None ? Before : After).Read(clause, out length, out _)) clause = clause[length..];
            else return GlobalWord.None;
        }

        return found;
    }
}
