using System.Collections.Concurrent;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;
using Bot.Domain.Rules;

namespace Bot.Dialogs.FrontDesk;

/// <summary>The menu of each role (domain.md 5.1), the first words and the help. Only what can really be done here is shown.</summary>
internal sealed class Menus(IReadOnlyList<Conversation> conversations)
{
    public const string HelpByPeople = "LeaveMessage";

    public const string Settings = "消息设置";
    public const string Guide = "合规指引";
    public const string Past = "我的检查记录";

    /// <summary>What a menu word stands for: an intent, or, where the recogniser has none, the word itself.</summary>
    private static readonly Dictionary<string, string> Meanings = new Dictionary<string, string>
    {
        ["检查预告"] = Intents.ViewPreview,
        ["申请行政指导"] = Intents.ApplyGuidance,
        ["投诉检查行为"] = Intents.Complain,
        ["评价检查"] = Intents.RateInspection,
        ["办理进度"] = Intents.CheckProgress,
        ["意见反馈"] = Intents.GiveFeedback,
        ["绑定企业"] = Intents.BindEnterprise,
        ["人工帮助"] = Intents.Human,
        ["匿名咨询"] = Intents.AnonymousConsult,
        ["安静日说明"] = Intents.QuietDayQuery,
        ["核验检查人员"] = Intents.VerifyInspector,
        ["检查事项依据"] = Intents.AskBasis,
        ["改期"] = Intents.Reschedule,
        ["申诉结果"] = Intents.AppealResult,
        ["解除绑定"] = Intents.Unbind,
        ["切换企业"] = Intents.SwitchEnterprise,
        ["今日待办"] = Intents.StaffTodo,
        ["登记任务"] = Intents.StaffRegisterTask,
        ["安静日排期"] = Intents.StaffQuietCheck,
        ["并办提示"] = Intents.StaffMerge,
        ["回填结果"] = Intents.StaffBackfill,
        ["扫码登记"] = Intents.StaffScanException,
        ["待我审批"] = Intents.LeaderApprove,
        ["预警与建议书"] = Intents.JusticeSupervise,
        ["提交观察意见"] = Intents.ObserverFeedback,
        [Settings] = Settings,
        [Guide] = Intents.FindKnowledge,
        ["监督线索"] = Intents.SeeClues,
        ["季度抽查"] = Intents.SpotCheck,
        ["统计"] = Intents.SeeFigures,
        ["本单位数据"] = Intents.SeeFigures,
        ["监督报告"] = Intents.MakeReport,
        ["季度自查"] = Intents.SelfCheck,
        ["自查进度"] = Intents.SelfCheckProgress,
        ["填问卷"] = Intents.FillQuestionnaire,
        ["发问卷"] = Intents.SendQuestionnaire,
        ["问卷结果"] = Intents.QuestionnaireResults,
        ["观察任务"] = Intents.ObservationTasks,
        ["行业问题"] = Intents.TradeProblems,
        ["检查纪律"] = Intents.KnowRights,
        ["申诉台账"] = Intents.HandleAppeals,
        ["申诉依据"] = Intents.ExplainBasis,
        ["补充投诉"] = Intents.FollowComplaint,
        ["指导性意见"] = Intents.GuideUnits,
        ["会议"] = Intents.SeeMeetings,
        ["召集会议"] = Intents.CallMeeting,
        ["联合行动"] = Intents.JointActions,
        ["案例报送"] = Intents.OfferCase,
        ["举报无证经营"] = Intents.ReportUnlicensed,
        ["无证经营举报"] = Intents.HandleUnlicensed,
        ["移送台账"] = Intents.SeeTransfers,
        ["普遍问题"] = Intents.CommonProblems,
        ["数据异议"] = Intents.ObjectToFigures,
        ["全程记录"] = Intents.ExportTrail,
        ["月度案例"] = Intents.MonthlyCase,
        [Past] = Past,
    };

    private readonly ConcurrentDictionary<ActorRole, IReadOnlyList<string>> working = [];
    private readonly ConcurrentDictionary<(string Intent, ActorRole Role), Conversation?> meant = [];

    public static IReadOnlyList<string> Candidates(ActorRole role) => role switch
    {
        ActorRole.EnterpriseUser => ["检查预告", "申请行政指导", "投诉检查行为", "评价检查", "办理进度", "核验检查人员", "我的检查记录", "合规指引", "安静日说明", "意见反馈", "单位人员", "人工帮助"],
        ActorRole.Inspector => ["今日待办", "登记任务", "扫码登记", "回填结果", "结果公示", "指导答复", "走访", "安静日排期", "工作台", "人工帮助"],
        ActorRole.UnitLeader => ["今日待办", "待我审批", "并办提示", "指导答复", "检查计划", "预警与建议书", "安静日排期", "统计", "工作台", "人工帮助"],
        ActorRole.UnitLiaison => ["今日待办", "并办提示", "指导答复", "检查计划", "预警与建议书", "双随机抽取", "安静日排期", "统计", "工作台", "人工帮助"],
        ActorRole.Supervisor => ["今日待办", "监督线索", "预警与建议书", "投诉台账", "季度抽查", "并办提示", "检查计划", "统计", "发绑定码", "工作台"],
        ActorRole.LegalObserver => ["提交观察意见", "观察任务", "行业问题", "匿名咨询", "意见反馈", "办理进度", "安静日说明", "人工帮助"],
        _ => ["匿名咨询", "投诉检查行为", "绑定企业", "办理进度", "核验检查人员", "合规指引", "安静日说明", "意见反馈", "人工帮助"],
    };

    public static string? Intent(string label) => Meanings.GetValueOrDefault(label);

    /// <summary>The conversation that an intent opens for this role: one that names the intent, or one that opens by a word which stands for it.</summary>
    public Conversation? Meant(string intent, ActorRole role) => meant.GetOrAdd((intent, role), asked => Find(asked.Intent, asked.Role));

    /// <summary>What a conversation is opened with: the person's words, or, where they are only understood and not in its form, the menu word that opens it.</summary>
    public static string Opening(Conversation conversation, string words) =>
        conversation.Intents.Count > 0 || conversation.Opens is not { } opens || opens(words) ? words : Meanings.Keys.FirstOrDefault(label => opens(label)) ?? words;

    public static string? Label(string intent) => Meanings.FirstOrDefault(pair => pair.Value == intent).Key;

    public IReadOnlyList<string> Of(ActorRole role) => working.GetOrAdd(role, asked => [.. Candidates(asked).Where(label => Works(label, asked))]);

    /// <summary>The conversation that a menu word opens for this role, if one does.</summary>
    public Conversation? Opened(string label, ActorRole role) =>
        conversations.FirstOrDefault(c => c.Roles.Contains(role) && Meanings.TryGetValue(label, out var intent) && c.Intents.Contains(intent, StringComparer.Ordinal))
        ?? conversations.FirstOrDefault(c => c.Roles.Contains(role) && c.Opens?.Invoke(label) == true);

    public bool Works(string label, ActorRole role) => label == "安静日说明" || label == "检查事项依据" || Opened(label, role) is not null;

    /// <summary>What a word of the menu stands for does not change: looked for once, not at every message.</summary>
    private Conversation? Find(string intent, ActorRole role) =>
        conversations.FirstOrDefault(c => c.Roles.Contains(role) && c.Intents.Contains(intent, StringComparer.Ordinal))
        ?? Meanings.Where(pair => pair.Value == intent).Select(pair => conversations.FirstOrDefault(c => c.Roles.Contains(role) && c.Opens?.Invoke(pair.Key) == true)).FirstOrDefault(found => found is not null);

    public static string Hello(Actor visitor, RulePack rules)
    {
        var name = visitor.Role == ActorRole.Public || visitor.Name.Length == 0 ? "" : $"，{visitor.Name}";
        return $"您好{name}。我是{rules.DistrictName}涉企行政检查服务助手。";
    }

    public Reply Greeting(Actor visitor, RulePack rules) =>
        new($"{Hello(visitor, rules)}\n{What(visitor.Role, rules)}\n直接说要办的事，或点下面的按钮。\n随时可以说“取消”“返回”“菜单”“帮助”“人工”。") { Actions = Of(visitor.Role) };

    public Reply Help(Actor visitor, RulePack rules)
    {
        var examples = string.Join('\n', Examples(visitor.Role).Where(example => Works(example.Label, visitor.Role)).Select(example => $"· {example.Label}：说“{example.Says}”"));
        return new Reply($"{What(visitor.Role, rules)}\n可以这样说：\n{examples}\n填错了说“返回”，核对时说“改第2项”，不办了说“取消”。要找人说“人工”，{rules.SupervisionOffice.Name}电话{rules.SupervisionOffice.Phone}。着火、伤人等紧急情况请直接拨打119、120、110。")
        {
            Actions = Of(visitor.Role),
        };
    }

    public Reply Menu(Actor visitor) => new("请选择要办的事，也可以直接说：") { Actions = Of(visitor.Role) };

    private static string What(ActorRole role, RulePack rules) => role switch
    {
        ActorRole.EnterpriseUser => $"您可以查看检查预告、申请行政指导（{rules.GuidanceReply.Period}内答复）、投诉、评价、查进度。",
        ActorRole.Inspector => "您可以登记检查任务并报审、到场出示检查码、回填和公示结果、答复企业的指导申请；快到期的事我会提醒您。",
        ActorRole.UnitLeader => "您可以审批检查任务、处理并办提示、看检查计划、答复指导申请；本单位快到期和超期的事我会提醒您。",
        ActorRole.UnitLiaison => "您可以处理并办提示、上传和备案检查计划、双随机抽取、答复指导申请；本单位快到期和超期的事我会提醒您。",
        ActorRole.Supervisor => "您可以查看每日情况和监督线索，办理投诉举报，协调并办，审查检查计划。",
        ActorRole.LegalObserver => "您可以在这里接受观察任务、提交观察意见、反映行业问题，也可以匿名咨询。",
        _ => $"您可以匿名咨询（{rules.GuidanceReply.Period}内答复）、投诉检查行为、绑定企业后查看检查预告。",
    };

    private static IReadOnlyList<(string Label, string Says)> Examples(ActorRole role) => role switch
    {
        ActorRole.EnterpriseUser =>
        [
            ("检查预告", "最近谁要来查"), ("申请行政指导", "申请行政指导"), ("投诉检查行为", "他们没亮证没扫码就进来"), ("评价检查", "给这次检查打5分"),
            ("办理进度", "都三天了怎么还没回"), ("核验检查人员", "门口两个人说是应急局的"), ("安静日说明", "15号算不算安静日"), ("绑定企业", "我要绑定公司"), ("单位人员", "邀请同事"),
        ],
        ActorRole.Inspector =>
        [
            ("今日待办", "待办"), ("登记任务", "登记任务 下周三上午 企业名称 事项"), ("扫码登记", "出示检查码"), ("扫码登记", "企业不让扫码"), ("回填结果", "回填"),
            ("指导答复", "指导答复"), ("安静日排期", "安静日排期"), ("工作台", "工作台"), ("我的日历", "我的日历"),
        ],
        ActorRole.UnitLeader => [("今日待办", "待办"), ("待我审批", "待我审批"), ("并办提示", "并办提示"), ("检查计划", "检查计划"), ("预警与建议书", "收到建议书了吗"), ("季度自查", "季度自查"), ("安静日排期", "安静日排期")],
        ActorRole.UnitLiaison => [("今日待办", "待办"), ("并办提示", "本月冲突"), ("检查计划", "上传年度计划"), ("双随机抽取", "双随机抽取"), ("安静日排期", "安静日排期")],
        ActorRole.Supervisor => [("今日待办", "今日"), ("监督线索", "监督线索"), ("季度抽查", "第四季度抽查"), ("投诉台账", "投诉台账"), ("并办提示", "并办提示"), ("检查计划", "检查计划"), ("预警与建议书", "发预警给城管局"), ("召集会议", "约会商"), ("发问卷", "发问卷"), ("安静日说明", "安静日是哪几天")],
        ActorRole.LegalObserver => [("提交观察意见", "我今天看了一次检查"), ("观察任务", "观察任务"), ("匿名咨询", "不想留名字问个事"), ("意见反馈", "提个建议")],
        _ => [("匿名咨询", "不想留名字问个事"), ("投诉检查行为", "我要投诉"), ("绑定企业", "我要绑定公司"), ("办理进度", "查进度"), ("安静日说明", "安静日是哪几天")],
    };
}
