using System.Buffers;

namespace Bot.Dialogs.Understanding;

/// <summary>Whether words are about somebody else's business that has no licence. One's own missing licence is another matter (H27).</summary>
internal static class UnlicensedTalk
{
    private static readonly string[] Named =
        ["无证经营", "无照经营", "无证无照", "无牌无证", "无牌经营", "无证营业", "无照营业", "无证开", "无照开", "无证卖", "无照卖", "无证行医", "无证生产", "无证加工", "黑作坊", "黑诊所", "黑店", "黑网吧", "黑工厂", "黑加工", "黑窝点", "黑食堂"];

    private static readonly string[] Lacking =
        ["没有营业执照", "没营业执照", "没有执照", "没执照", "没有办执照", "没办执照", "没办营业执照", "没有办营业执照", "没有证照", "没证照", "没照", "没证没照", "没有许可证", "没许可证", "没有经营许可", "没有食品许可", "没有食品经营许可证", "没有卫生许可", "没挂执照", "没挂营业执照", "什么证都没有", "啥证都没有", "证照不全", "没有任何证", "执照都没有", "执照也没有", "证都没办", "营业执照都没", "执照都没"];

    private static readonly string[] SomebodyElse =
        ["隔壁", "楼下", "楼上", "小区", "路边", "街边", "街上", "巷子", "路口", "村里", "附近", "对面", "旁边", "门口", "市场里", "有家", "有个", "有人", "一家", "那家", "这家", "家里开", "偷偷开", "私自开", "举报", "反映", "摊", "饭店", "饭馆", "餐馆", "小吃", "早餐", "外卖", "诊所", "作坊", "理发", "美容", "培训班", "托管", "民宿", "药店", "网吧", "棋牌", "修理", "加工点", "的店", "的厂", "就开", "就营业", "就卖", "就经营", "也敢开", "还在开", "照样开"];

    private static readonly string[] Own = ["我的店", "我公司", "我还", "我店", "本店", "我厂", "怎么绑", "绑定", "能绑", "扫码", "怎么扫", "检查人员", "执法", "能匿名", "能投诉", "能举报", "可以举报", "可以投诉", "怎么办理", "怎么申请", "去哪办", "哪里办", "在哪办"];

    private static readonly string[] Openers = ["举报无证经营", "举报无照经营", "举报无证无照经营", "无证经营", "无照经营", "无证无照经营", "我要举报", "我想举报", "举报", "反映", "我要", "我想", "匿名", "一家", "一个", "一下", "有人", "没有营业执照的店", "的店", "。", "，", ","];

    private static readonly string[] Ours = ["我们", "我家", "咱们", "咱家"];
    private static readonly string[] Places = ["小区", "楼下", "楼上", "楼里", "村", "这边", "这里", "这儿", "那边", "附近", "旁边", "隔壁", "街", "镇", "对面", "门口", "单元", "路口", "巷子", "举报", "反映", "发现", "看到"];

    private const int ShortestStory = 6;

    private static readonly SearchValues<string> AnyNamed = SearchValues.Create(Named, StringComparison.Ordinal);
    private static readonly SearchValues<string> AnyLacking = SearchValues.Create(Lacking, StringComparison.Ordinal);
    private static readonly SearchValues<string> AnySomebody = SearchValues.Create(SomebodyElse, StringComparison.Ordinal);
    private static readonly SearchValues<string> AnyOwn = SearchValues.Create(Own, StringComparison.Ordinal);

    public static bool Is(string text)
    {
        var words = text.AsSpan();
        return (words.ContainsAny(AnyNamed) || (words.ContainsAny(AnyLacking) && words.ContainsAny(AnySomebody))) && !words.ContainsAny(AnyOwn) && !IsOurs(text);
    }

    // 我们还没有营业执照 is one's own business, 我们小区有家店没有营业执照 is not.
    private static bool IsOurs(string text)
    {
        foreach (var word in Ours)
        {
            for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
            {
                var after = text[(at + word.Length)..];
                if (!Places.Any(place => after.StartsWith(place, StringComparison.Ordinal)))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The opening words where they tell something already, so that they need not be asked for again.</summary>
    public static string? Story(string opening) =>
        Openers.Aggregate(opening, (rest, word) => rest.Replace(word, "", StringComparison.Ordinal)).Trim().Length >= ShortestStory ? opening : null;
}
