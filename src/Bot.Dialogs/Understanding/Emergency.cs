namespace Bot.Dialogs.Understanding;

/// <summary>What is happening right now, so that the answer can name 119, 120 or 110 first.</summary>
public enum EmergencyKind
{
    Fire,
    Explosion,
    Leak,
    Poisoning,
    Casualty,
    Violence,
}

/// <summary>
/// Danger words come before everything else. A word under "没有", inside a compound such as "防火检查", about the past or a lesson is no emergency;
/// each occurrence is judged alone, so "没着火但是在冒烟" still is one.
/// </summary>
public static class Emergency
{
    private static readonly WordTable<EmergencyKind> Cues = new(
    [
        (EmergencyKind.Fire, "着火 著火 起火 失火 冒烟 冒黑烟 冒浓烟 浓烟滚滚 烧起来 烧着了 有火光 有明火 发生火灾 火灾了 火很大 火势 有火苗 走水了 zhaohuo maoyan"),
        (EmergencyKind.Explosion, "爆炸 炸了 闪爆 爆燃"),
        (EmergencyKind.Leak, "泄漏 漏气 漏氨 跑氨 漏煤气 煤气味 燃气味 气体泄露 煤气泄露 燃气泄露 氨气泄露 氨泄露 氯气泄露 化学品泄露 危化品泄露 泄露了气体"),
        (EmergencyKind.Poisoning, "中毒"),
        (EmergencyKind.Casualty, "晕倒 昏倒 昏迷 昏过去 晕过去 不省人事 没有呼吸 没呼吸了 人受伤 员受伤 砸伤 压伤 烫伤了 烧伤了 触电 电击了 被压住 被压在 被埋 埋住 被困 困在里面 坠落 掉下来摔 出血不止 流血不止 大出血 坍塌 塌方 塌了 倒塌 救命 人快不行了 死人了 出人命"),
        (EmergencyKind.Violence, "打起来了 动手打人 正在打人 被打伤 持刀 拿刀"),
    ]);

    private static readonly string[] NegationsBefore = ["没有", "没", "并未", "未", "无", "不会", "不能", "不", "防止", "预防", "避免", "防范", "以防", "防", "怕", "担心", "容易", "易", "模拟", "假装", "会不会", "如何", "怎么", "关于", "治理", "禁止", "杜绝", "发没发生", "有没有"];
    private static readonly string[] LessonsAfter = ["演练", "演习", "培训", "专项", "防控", "预案", "方案", "报警", "探测", "检测", "监测", "宣传", "知识", "考试", "标准", "制度", "风险", "危险", "隐患", "措施", "场所", "性", "物质", "物品", "极限", "事故案例", "事故报告", "事故调查", "事故怎么", "怎么防", "怎么预防", "如何", "怎样", "应急处置", "处置", "的要求", "的话", "怎么处罚", "怎么逃", "怎么办理", "保险", "点", "修复", "教育", "课程", "责任", "险", "记录", "台账", "作业"];
    private static readonly string[] NotNow = ["如果", "假如", "假设", "万一", "要是", "上次", "上回", "去年", "前年", "以前", "曾经", "之前", "上个月", "上周", "往年", "历史上", "前几天", "昨天", "已经扑灭", "已扑灭", "已经处理", "已处理好", "演练", "演习", "培训"];
    private static readonly string[] Chimneys = ["烟囱", "排气筒", "饭店", "烧烤"];

    /// <summary>The first emergency that the message tells of, or null.</summary>
    public static EmergencyKind? Of(string text)
    {
        var whole = Normalise.Text(text).ToLowerInvariant();
        for (var i = 0; i < whole.Length; i++)
        {
            if (!Cues.Read(whole.AsSpan(i), out var length, out var kind)) continue;
            if (IsHappening(whole, i, length)) return kind;
            i += length - 1;
        }

        return null;
    }

    private static bool IsHappening(string text, int at, int length)
    {
        var (from, to) = Clause(text, at, at + length);
        var before = text.AsSpan(from, at - from);
        var after = text.AsSpan(at + length, to - at - length);
        var near = before[Math.Max(0, before.Length - 5)..];
        foreach (var word in NegationsBefore)
        {
            var place = near.LastIndexOf(word, StringComparison.Ordinal);
            if (place >= 0 && near.Length - place - word.Length <= Reach(word)) return false;
        }

        foreach (var word in LessonsAfter)
        {
            var place = after.IndexOf(word, StringComparison.Ordinal);
            if (place >= 0 && place <= (word.Length == 1 ? 0 : 8)) return false;
        }

        return !Holds(before, NotNow) && !Holds(before, Chimneys);
    }

    // "没有人受伤" is a negation with a person in between; "防" and "不" bind only the very next word.
    private static int Reach(string negation) => negation.Length == 1 && negation is not ("没" or "怕") ? 0 : negation is "没" or "没有" ? 2 : 1;

    private static bool Holds(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static (int From, int To) Clause(string text, int at, int end)
    {
        const int Widest = 40;
        var from = at;
        while (from > 0 && at - from < Widest && !IsClauseEnd(text[from - 1])) from--;
        var to = end;
        while (to < text.Length && to - end < Widest && !IsClauseEnd(text[to])) to++;
        return (from, to);
    }

    private static bool IsClauseEnd(char c) => c is ',' or '.' or '。' or ';' or '!' or '?' or ':' or '…' or ' ';
}
