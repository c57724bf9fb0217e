using System.Buffers;
using System.Globalization;

namespace Bot.Dialogs.Understanding;

/// <summary>Messages that need an answer of their own before any intent is looked for.</summary>
public enum SpecialKind
{
    /// <summary>The first wish is dropped for another; the detail is the new wish.</summary>
    ChangeOfMind,

    /// <summary>An official asked for or took something: the detail is the thing. Never goes to the unit complained about.</summary>
    IntegrityClue,
    AsksForComplainant,
    VoteStuffing,

    /// <summary>Somebody else's business; the detail is "wages", "crime" or "trade".</summary>
    OutOfScope,
    LegalDrafting,
    RescheduleAroundQuietDays,

    /// <summary>When an answer comes across days off; the detail is the holiday's name.</summary>
    DeadlineAcrossHoliday,
    NoLicence,
    PunctuationOnly,
    Injection,

    /// <summary>"我是应急局的": only WeCom says who is an official. The detail is the handle named, if any.</summary>
    ClaimsToBeOfficial,
    GiftOffer,
    PoliteDecline,
    BareNumber,

    /// <summary>Asks to be shown what belongs to another enterprise or person (design decision 8).</summary>
    OthersMatter,

    /// <summary>A channel's stand-in for a picture or file; the detail is what stands in the brackets.</summary>
    Attachment,
}

/// <summary>A special message and the datum its answer needs (empty when it needs none).</summary>
public sealed record SpecialMessage(SpecialKind Kind, string Detail);

/// <summary>Recognises special messages by general cues; the conversations write the answers.</summary>
public static class Special
{
    private const int Longest = 200;

    private static readonly SearchValues<char> Handling = SearchValues.Create("负能管接可处");

    private static readonly string[] Dropped = ["算了", "不投诉了", "不申请了", "不弄了", "不办了", "不评了", "不评价了", "不问了", "取消吧", "先别提交", "不反馈了", "等等", "等一下"];
    private static readonly string[] NewWish = ["还是", "先", "我想", "我要", "帮我", "问", "查", "看", "改成", "换成", "给我", "那", "想"];
    private static readonly string[] Things = ["条烟", "包烟", "烟酒", "瓶酒", "箱酒", "红包", "购物卡", "加油卡", "好处费", "好处", "回扣", "礼品", "礼金", "茶叶", "现金", "吃饭", "吃个饭", "吃顿饭", "宴请", "要钱", "收钱", "收了钱", "塞钱", "借钱", "土特产", "土产", "锦旗", "报销", "辛苦费", "茶水费"];
    private static readonly string[] Taking = ["问我", "跟我", "向我", "找我", "让我", "叫我", "要我", "要求我", "暗示", "收了", "收我", "索要", "伸手", "拿了", "拿走", "逼我", "管我们要", "给他们送", "要两", "开口要", "非要", "不给就"];
    private static readonly string[] Corrupt = ["吃拿卡要", "索贿", "受贿", "索要好处", "索要财物", "收受贿赂", "收黑钱"];
    private static readonly string[] Giving = ["想送", "要送", "想请", "送面", "送个", "送点", "送一面", "送锦旗", "给他们发", "给检查员发", "给你们发", "请他们吃", "请检查员吃", "请你们吃", "请大家吃", "表示感谢", "表示一下", "意思一下"];
    private static readonly string[] ManyRatings = ["都打", "都评", "都给", "全打", "全给", "全部打", "刷分", "刷好评", "刷评价", "刷点", "刷几", "多打几次", "多评几次", "批量", "替别人", "帮别人", "帮其他", "代评", "重复评"];
    private static readonly string[] OtherParties = ["供货商", "供应商", "客户", "房东", "租户", "邻居", "合伙人", "网店", "网购", "商家", "卖家", "买家", "快递", "中介", "装修公司", "老板", "同行", "对方公司", "甲方", "包工头"];
    private static readonly string[] Wrongs = ["骗", "欠", "不给钱", "不付", "不还", "不退", "假货", "跑路", "违约", "拖着不", "打官司", "纠纷", "退款", "涨租", "偷"];
    private static readonly string[] LegalPapers = ["复议申请", "复议书", "起诉状", "起诉书", "诉状", "答辩", "申辩书", "申诉书", "法律意见", "律师函", "上诉", "状子", "陈述申辩"];
    private static readonly string[] Drafting = ["写", "起草", "拟", "代笔", "弄一份", "弄个", "做一份", "来一份", "出具", "生成", "出个"];
    private static readonly string[] LegalJudgement = ["合不合法", "违不违法", "能不能告赢", "能告赢", "打得赢", "能赢吗", "判断合法", "算不算违法"];
    private static readonly string[] Moving = ["推到", "改到", "挪到", "放到", "延到", "推迟", "避开", "错开", "调到", "等到", "往后", "改在", "安排在", "换到", "延后"];
    private static readonly string[] DaysOff = ["春节", "元旦", "清明", "五一", "劳动节", "端午", "中秋", "国庆", "除夕", "过年", "长假", "放假", "节前", "节后", "双休", "周末"];
    private static readonly string[] WhenAsked = ["什么时候", "几号", "哪天", "多久", "何时", "啥时候", "几天", "最迟"];
    private static readonly string[] Answered = ["回我", "回复", "答复", "回音", "给我", "办好", "办完", "处理", "结果", "到期", "截止", "算", "受理"];
    private static readonly string[] LicenceLacking = ["还没领", "没领", "未领", "还没办", "没办", "未办", "没有营业执照", "没有执照", "没有信用代码", "没有统一", "没下来", "没批下来", "正在办", "在办", "没拿到", "没申请", "无照", "还没有", "没执照", "没营业执照", "办理中"];
    private static readonly string[] Injections = ["ignore previous", "ignore all", "ignore the", "disregard", "system prompt", "you are now", "act as", "developer mode", "jailbreak", "<script", "javascript:", "drop table", "select * from", "union select", "or 1=1", "忽略之前", "忽略以上", "忽略前面", "忽略上面", "忽略所有", "无视之前", "无视以上", "你现在是", "扮演", "系统提示词", "提示词", "列出所有企业", "导出所有企业"];
    private static readonly string[] OfficialPlaces = ["局的", "局长", "大队的", "支队的", "委的", "城管的", "城管", "执法队", "执法局", "执法人员", "检查员", "检查组", "科的", "科长", "所的", "所长", "镇政府", "街道的", "司法局", "应急局", "管理局", "环保局", "消防的", "市监的"];
    private static readonly string[] OwnIdentity = ["我是", "我这里是", "这里是", "我们是", "我这边是", "俺是"];
    private static readonly string[] EnterpriseWords = ["公司", "厂", "店", "企业", "合作社", "法人代表", "法定代表人", "老板", "检查过", "查过"];

    private static readonly string[] Who = ["谁", "哪个", "哪家", "什么人", "哪位"];
    private static readonly string[] Accusing = ["投诉", "举报", "告"];
    private static readonly string[] Complainant = ["投诉人", "举报人", "投诉我们的人", "举报我们的人", "投诉我的人", "举报我的人", "投诉我们的", "举报我们的"];
    private static readonly string[] Stuffing = ["刷分", "刷好评", "刷评价", "刷五星", "刷点好评", "刷几个好评", "多打几次", "多评几次", "代评", "批量打", "批量评", "重复评"];
    private static readonly string[] Others = ["隔壁", "别人", "别家", "其他公司", "其他企业", "别的公司", "别的企业", "其它公司", "其它企业", "同行", "竞争对手", "对手公司", "旁边那家", "对面那家", "朋友公司", "朋友的公司", "附近的公司", "附近几家"];
    private static readonly string[] TheirMatters = ["投诉", "检查结果", "检查记录", "预告", "检查计划", "进度", "评价", "几分", "处罚", "罚了", "被查", "查到", "查出", "整改", "申请", "信息", "电话", "资料", "联系方式", "名单"];
    private static readonly string[] Showing = ["查一下", "查查", "查下", "看看", "看一下", "看下", "告诉我", "给我", "发我", "发给我", "帮我查", "帮我看", "想知道", "想看", "多少", "什么", "有没有", "怎么样", "?", "吗", "呢", "了没"];
    private static readonly string[] OwnMatter = ["我的", "我们的", "看到我", "知道我", "我要投诉", "想投诉", "举报", "凭什么", "为什么", "只查", "不查", "绑定", "绑", "切换", "影响", "打分", "别人怎么", "知道是"];
    private static readonly string[] Quiet = ["安静日", "宁静日", "安静期"];
    private static readonly string[] Licence = ["执照", "信用代码", "无照"];
    private static readonly string[] Wages = ["拖欠工资", "欠薪", "不发工资", "欠我工资", "没发工资"];
    private static readonly string[] Crime = ["被骗", "诈骗", "骗子公司", "被偷", "遭小偷"];

    /// <summary>A message without any of these is not special, whatever else it says: one look instead of hundreds.</summary>
    private static readonly SearchValues<string> Necessary = SearchValues.Create(
        [
            .. Injections, .. Dropped, .. Who, .. Complainant, .. Corrupt, .. Things, .. Stuffing, .. ManyRatings, .. LegalPapers, .. LegalJudgement,
            .. OwnIdentity, .. Quiet, .. DaysOff, .. Licence, .. Wages, .. Crime, .. OtherParties, .. Others,
        ],
        StringComparison.Ordinal);

    /// <summary>What is special about the message, or null.</summary>
    public static SpecialMessage? Of(string text)
    {
        var whole = Normalise.Text(text);
        if (whole.Length == 0) return null;
        if (!whole.Any(IsSpoken)) return new(SpecialKind.PunctuationOnly, "");
        if (Numbers.Choice(whole, int.MaxValue) is int number) return new(SpecialKind.BareNumber, number.ToString(CultureInfo.InvariantCulture));
        if (whole[0] is '[' or '【' && (whole.AsSpan(1).StartsWith("图片") || whole.AsSpan(1).StartsWith("文件") || whole.AsSpan(1).StartsWith("语音") || whole.AsSpan(1).StartsWith("视频")))
            return new(SpecialKind.Attachment, whole.Trim('[', ']', '【', '】'));
        var plain = (whole.Length > Longest ? whole[..Longest] : whole).ToLowerInvariant();
        return Find(plain) is { } kind ? kind : IsPoliteDecline(plain) ? new(SpecialKind.PoliteDecline, "") : null;
    }

    private static SpecialMessage? Find(string text)
    {
        if (!text.AsSpan().ContainsAny(Necessary)) return null;
        if (Holds(text, Injections)) return new(SpecialKind.Injection, "");
        if (NewWishIn(text) is { } wish) return new(SpecialKind.ChangeOfMind, wish);
        if (AsksForComplainant(text)) return new(SpecialKind.AsksForComplainant, "");
        if (Holds(text, Corrupt)) return new(SpecialKind.IntegrityClue, First(text, Corrupt)!);
        if (First(text, Things) is { } thing)
        {
            if (Holds(text, Taking) && !text.Contains("想请", StringComparison.Ordinal)) return new(SpecialKind.IntegrityClue, thing);
            if (Holds(text, Giving)) return new(SpecialKind.GiftOffer, thing);
        }

        if (IsVoteStuffing(text)) return new(SpecialKind.VoteStuffing, "");
        if (Holds(text, LegalPapers) && Holds(text, Drafting) || Holds(text, LegalJudgement)) return new(SpecialKind.LegalDrafting, "");
        if (ClaimsToBeOfficial(text)) return new(SpecialKind.ClaimsToBeOfficial, CaseNumbers.Handle(text) ?? "");
        if (Holds(text, Quiet) && Holds(text, Moving)) return new(SpecialKind.RescheduleAroundQuietDays, "");
        if (First(text, DaysOff) is { } holiday && Holds(text, WhenAsked) && Holds(text, Answered) && !Holds(text, ["来查", "检查"])) return new(SpecialKind.DeadlineAcrossHoliday, holiday);
        if (UnlicensedTalk.Is(text)) return null;
        if (Holds(text, Licence) && Holds(text, LicenceLacking) && !Holds(text, ["没带", "没有带", "没看", "他们", "扫码"])) return new(SpecialKind.NoLicence, "");
        if (Holds(text, Others) && Holds(text, TheirMatters) && Holds(text, Showing) && !Holds(text, OwnMatter)) return new(SpecialKind.OthersMatter, "");
        return OutOfScope(text) is { } topic ? new(SpecialKind.OutOfScope, topic) : null;
    }

    private static string? NewWishIn(string text)
    {
        foreach (var word in Dropped)
        {
            var at = text.IndexOf(word, StringComparison.Ordinal);
            if (at < 0 || at > 0 && text[at - 1] is '说' or '就' or '别' or '也' or '打' or '计' or '清' or '再' or '想') continue;
            var after = text.AsSpan(at + word.Length);
            var apart = after.TrimStart(" ,.。…!、吧了");
            if (apart.Length == after.Length && !StartsWithAny(after, NewWish)) continue;
            while (StartsWithAny(apart, ["还是", "先", "那", "就"])) apart = apart[(apart.StartsWith("还是") ? 2 : 1)..];
            var wish = apart.ToString();
            var wanted = Lexicon.In(wish);
            if (wish.Length >= 2 && IsWish(wanted) && GlobalWords.Of(wish) == GlobalWord.None && YesNo.Of(wish) is null && Numbers.Score(wish) is null) return wish;
        }

        return null;
    }

    private static bool IsWish(ConceptSet concepts) => Array.Exists(
        [Concept.Complain, Concept.Rate, Concept.Preview, Concept.Guide, Concept.Feedback, Concept.Progress, Concept.Anonymous, Concept.Bind, Concept.Unbind, Concept.Switch, Concept.Verify, Concept.Quiet, Concept.Reschedule, Concept.Appeal, Concept.Basis],
        concepts.Has);

    private static bool AsksForComplainant(string text)
    {
        foreach (var who in Who)
        {
            var at = text.IndexOf(who, StringComparison.Ordinal);
            if (at < 0) continue;
            var after = text.AsSpan(at + who.Length);
            after = after[..Math.Min(after.Length, 8)];
            foreach (var act in Accusing)
            {
                var place = after.IndexOf(act, StringComparison.Ordinal);
                if (place is < 0 or > 3 || after[..place].ContainsAny(Handling)) continue;
                var rest = after[(place + act.Length)..];
                if (rest.Length > 0 && rest[0] is '我' or '的' or '了' or '俺' or '咱') return true;
            }
        }

        return Holds(text, Complainant) && Holds(text, ["是谁", "名字", "叫什么", "姓名", "电话", "是哪", "身份", "信息", "给我"]) && !Holds(text, ["保密", "会不会", "不想", "泄露"]);
    }

    private static bool IsVoteStuffing(string text)
    {
        if (!Lexicon.In(text).Has(Concept.Rate) && !Holds(text, ["分", "星", "评", "好评"])) return false;
        if (Holds(text, Stuffing)) return true;
        return Holds(text, ManyRatings) && Holds(text, ["家", "所有", "全部", "每个", "别人", "其他", "各单位", "每次"]);
    }

    private static bool ClaimsToBeOfficial(string text)
    {
        foreach (var start in OwnIdentity)
        {
            var at = text.IndexOf(start, StringComparison.Ordinal);
            if (at < 0) continue;
            var after = text.AsSpan(at + start.Length);
            after = after[..Math.Min(after.Length, 14)];
            if (after.StartsWith("不是") || after.StartsWith("被") || ContainsAny(after, EnterpriseWords)) continue;
            if (ContainsAny(after, OfficialPlaces)) return true;
        }

        return false;
    }

    private static string? OutOfScope(string text)
    {
        if (Holds(text, ["检查人员", "执法人员", "检查员", "检查组"])) return null;
        if (Holds(text, Wages)) return "wages";
        if (Holds(text, Crime) && !text.Contains("检查", StringComparison.Ordinal)) return "crime";
        return Holds(text, OtherParties) && Holds(text, Wrongs) ? "trade" : null;
    }

    private static bool IsPoliteDecline(string text) => YesNo.Of(text) == false && (text.StartsWith("不用", StringComparison.Ordinal) || text.Contains('谢', StringComparison.Ordinal) || text.StartsWith("先不用", StringComparison.Ordinal));

    private static bool IsSpoken(char c) => !Normalise.IsMark(c) && !char.IsSurrogate(c) && c is not ('\ufe0f' or '\u20e3');

    private static bool Holds(string text, string[] words) => First(text, words) is not null;

    private static string? First(string text, string[] words) => Array.Find(words, word => text.Contains(word, StringComparison.Ordinal));

    private static bool ContainsAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
