using Bot.Dialogs.Conversations;
using Bot.Dialogs.Monitoring;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Duties;
using Bot.Domain.Inspections;
using Bot.Domain.Monitoring;
using Bot.Domain.Plans;
using Bot.Domain.Previews;

namespace Bot.Dialogs.Inspections;

/// <summary>C13: an inspection is registered and put before the leader; quiet days, people, lead time and caps are said on the way (J10–J15, J20–J23, J36).</summary>
public static class RegisterInspection
{
    private const int LongestReason = 500;
    private const int LongestSource = 60;

    /// <summary>Grounds that need no plan (J11), with what people call them.</summary>
    private static readonly (InspectionGround Ground, string[] Words)[] Cues =
    [
        (InspectionGround.Complaint, ["投诉", "举报"]),
        (InspectionGround.Assigned, ["交办", "转办"]),
        (InspectionGround.CaseHandling, ["办案"]),
        (InspectionGround.DataMonitoring, ["监测", "数据异常"]),
        (InspectionGround.EnterpriseRequest, ["企业申请"]),
    ];

    public static Conversation Conversation { get; } = new("RegisterInspection", "登记任务", "这次登记", Play)
    {
        Roles = [ActorRole.Inspector],
        Intents = [Intents.StaffRegisterTask],
        Opens = text => text.StartsWith("登记任务", StringComparison.Ordinal),
    };

    private static async Task Play(Chat chat)
    {
        var choices = await chat.Look(new RegistrationChoices(chat.Visitor));
        var anomaly = HandleAnomalies.In(chat.Opening) is { } id ? await chat.Look(new AnomalyToRegister(chat.Visitor, id)) : null;
        if (anomaly is null)
            await Understand(chat, choices);
        else
            chat.Known("enterprise", anomaly.EnterpriseId);
        var enterprise = await NamingAnEnterprise.Ask(chat);
        var items = await chat.Ask("items", $"检查什么事项？可以选多项。\n{ReadingTasks.Numbered(choices.Items, item => item.Name)}", said => ReadItems(said, choices.Items), takesAnything: false);
        var time = await chat.Ask("time", "哪天去？可以带上午或下午，比如“12月18日上午”。", ReadingTasks.Time);
        var basis = anomaly is null
            ? await BasisOf(chat, choices, time.On)
            : new Basis(InspectionType.AdHoc, InspectionGround.DataMonitoring) { Source = anomaly.SourceNumber, Explanation = anomaly.Explanation, Words = $"临时检查，{InspectionGround.DataMonitoring.Name()}（{anomaly.SourceNumber}）：{anomaly.Explanation}" };
        if (basis is null)
            return;
        var settled = await Settle(chat, choices, enterprise, time, basis);
        if (settled is not { } agreed)
            return;
        (time, basis) = agreed;
        await Finish(chat, choices, enterprise, items, time, basis);
    }

    /// <summary>What the one sentence that opened the talk says already.</summary>
    private static async Task Understand(Chat chat, UnitChoices choices)
    {
        if (ReadingTasks.Time(chat.Opening, chat.StartedAt, chat.Calendar) is { } time)
            chat.Known("time", time);
        if (ReadingTasks.Items(chat.Opening, choices.Items) is [var item] && !int.TryParse(chat.Opening, out _))
            chat.Known("items", new List<string> { item });
        await NamingAnEnterprise.FromOpening(chat);
    }

    private static Read<List<string>> ReadItems(Said said, IReadOnlyList<NamedItem> items)
    {
        var found = ReadingTasks.Items(said.Text, items);
        return found.Count > 0 ? found.ToList() : Read.No<List<string>>("没认出事项，请回复列表里的数字或名称，多项用顿号隔开。");
    }

    /// <summary>A plan, or the ground that needs none (J07, J10, J11).</summary>
    private static async Task<Basis?> BasisOf(Chat chat, UnitChoices choices, DateOnly on)
    {
        var said = chat.Opening;
        if (Cues.FirstOrDefault(cue => cue.Words.Any(word => said.Contains(word, StringComparison.Ordinal))) is { Words: not null } cue)
            return await Unplanned(chat, cue.Ground);
        return said.Contains("专项", StringComparison.Ordinal) ? await Special(chat, choices, on) : Planned(chat, choices, on);
    }

    private static Basis? Planned(Chat chat, UnitChoices choices, DateOnly on)
    {
        if (choices.Plans.FirstOrDefault(plan => plan.Kind == PlanKind.Annual && plan.Year == on.Year) is { } plan)
            return new Basis(InspectionType.Daily, InspectionGround.Plan) { PlanId = plan.Id, Words = $"日常检查，依据《{plan.Title}》" };
        chat.Tell($"本单位还没有{on.Year}年的年度检查计划，不能登记计划内的日常检查。请先上传计划；投诉举报、交办等没有计划的，请说“登记任务 投诉举报”。");
        return null;
    }

    private static async Task<Basis?> Special(Chat chat, UnitChoices choices, DateOnly on)
    {
        var plans = choices.Plans.Where(plan => plan.Kind is PlanKind.Special or PlanKind.FromAbove && plan.Year == on.Year).ToList();
        if (plans.Count == 0)
        {
            chat.Tell($"本单位没有{on.Year}年的专项检查计划，请先上传计划并登记批准文件。");
            return null;
        }

        var id = plans.Count == 1 ? plans[0].Id : await chat.Choose("plan", "依据哪个专项计划？", [.. plans.Take(9).Select(plan => new Option(plan.Id, plan.Title, plan.Id))]);
        var chosen = plans.Find(plan => plan.Id == id) ?? plans[0];
        var waiver = chat.Opening.Contains("免预告", StringComparison.Ordinal) ? await chat.Ask("waiver", "为什么要突然性？请写明理由，由负责人决定是否免预告。", LongestReason) : "";
        return new Basis(InspectionType.Special, InspectionGround.Plan) { PlanId = chosen.Id, WaiverReason = waiver, Words = $"专项检查，依据《{chosen.Title}》{(chosen.Filed ? "（已备案）" : "（未备案）")}" };
    }

    private static async Task<Basis> Unplanned(Chat chat, InspectionGround ground)
    {
        var source = ground == InspectionGround.DataMonitoring ? "" : await chat.Ask("source", $"请写来源编号（{SourceName(ground)}），没有来源编号不能登记。", LongestSource);
        var explanation = await chat.Ask("explanation", ground == InspectionGround.EnterpriseRequest ? "请写企业申请的原文。" : "请书面写明事由，负责人会看到。", LongestReason);
        return new Basis(InspectionType.AdHoc, ground) { Source = source, Explanation = explanation, Words = $"临时检查，{ground.Name()}{(source.Length > 0 ? $"（{source}）" : "")}" };
    }

    private static string SourceName(InspectionGround ground) => ground switch
    {
        InspectionGround.Complaint => "投诉举报编号",
        InspectionGround.Assigned => "交办文号",
        InspectionGround.CaseHandling => "案号",
        _ => "企业申请文号",
    };

    /// <summary>A quiet day is refused with the ways out of it (J13–J15): another day, another ground, a filed special plan.</summary>
    private static async Task<(VisitTime Time, Basis Basis)?> Settle(Chat chat, UnitChoices choices, NamedEnterprise enterprise, VisitTime time, Basis basis)
    {
        while (true)
        {
            var day = await chat.Look(new DayCheck(chat.Visitor, time.On, basis.Type, basis.Ground, basis.PlanId));
            if (day.Quiet.Allows())
                return (time, basis);
            await chat.Send(new NoteQuietDayRefusal(chat.Visitor, enterprise.Id, time.On, basis.Type, basis.Ground, basis.PlanId));
            var (span, earliest) = ($"{ChineseDates.Short(time.On)}在企业安静日（{day.Span}）内", day.Free[0]);
            var refused = day.Quiet == QuietDayRuling.NotFiled
                ? $"{span}，专项检查须先报{chat.Rules.SupervisionOffice.Name}备案，备案后方可实施。最早{ChineseDates.WithWeekday(earliest)}。"
                : $"{span}，{basis.Type.Name()}不能安排。最早{ChineseDates.WithWeekday(earliest)}。（{day.Source}）";
            var way = await chat.Choose(
                "quiet",
                refused,
                new Option("move", $"改{earliest.Day}日", "改期", "改"),
                new Option("ground", "属于投诉举报/数据异常等", "投诉", "举报", "属于投诉举报", "数据异常"),
                new Option("special", "专项并已备案", "专项", "已备案"));
            switch (way)
            {
                case "move":
                    time = time with { On = earliest };
                    chat.Say($"已改为{ChineseDates.Short(earliest)}。");
                    break;
                case "ground":
                    var ground = await chat.Choose("ground", "属于哪种情形？", [.. Cues.Select(cue => new Option(cue.Ground.ToString(), cue.Ground.Name(), cue.Words))]);
                    basis = await Unplanned(chat, Enum.Parse<InspectionGround>(ground));
                    break;
                default:
                    if (await Special(chat, choices, time.On) is not { } special)
                        return null;
                    basis = special;
                    break;
            }
        }
    }

    private static async Task Finish(Chat chat, UnitChoices choices, NamedEnterprise enterprise, List<string> items, VisitTime time, Basis basis)
    {
        var question = $"检查人员？请选两名以上，可以说“我和王工”。\n{ReadingTasks.Numbered(choices.Inspectors, person => person.Name)}";
        while (true)
        {
            var team = await chat.Ask("team", question, said => ReadTeam(said, choices.Inspectors, chat.Visitor.PersonId), takesAnything: false);
            var draft = new TaskDraft(basis.Type, basis.Ground, enterprise.Id, time.On)
            {
                HalfDay = time.HalfDay,
                ItemIds = items,
                InspectorIds = team,
                PlanId = basis.PlanId,
                SourceNumber = basis.Source.Length > 0 ? basis.Source : null,
                Explanation = basis.Explanation,
                Trigger = basis.Ground == InspectionGround.DataMonitoring ? await Trigger(chat) : null,
                WaiverReason = basis.WaiverReason,
            };
            var checks = await chat.Look(new CheckDraft(chat.Visitor, draft));
            if (checks.Checks.FirstOrDefault(check => check is { Kind: CheckKind.Team, Weight: CheckWeight.Blocks }) is { } unfit)
            {
                question = unfit.Words;
                continue;
            }

            await Submit(chat, choices, enterprise, draft, basis, checks);
            return;
        }
    }

    private static Read<List<string>> ReadTeam(Said said, IReadOnlyList<NamedInspector> people, string? me)
    {
        if (ReadingTasks.Team(said.Text, people, me) is not { } team)
            return Read.No<List<string>>("同姓的同事不止一位，请说全名或列表里的数字。");
        return team.Count > 0 ? team.ToList() : Read.No<List<string>>("没认出是谁，请回复列表里的数字或姓名，多人用顿号隔开。");
    }

    private static async Task<string?> Trigger(Chat chat)
    {
        var triggers = await chat.Look(new TriggersOfUnit(chat.Visitor));
        return triggers.Count == 0 ? null : await chat.Choose("trigger", "请选择触发情形。", [.. triggers.Select(trigger => new Option(trigger, trigger))]);
    }

    private static async Task Submit(Chat chat, UnitChoices choices, NamedEnterprise enterprise, TaskDraft draft, Basis basis, DraftChecks checks)
    {
        var open = checks.Checks.Where(check => check.Weight is CheckWeight.NeedsReason or CheckWeight.NeedsLeader && check.Kind != CheckKind.QuietDay).ToList();
        var remark = open.Count == 0 ? "" : await chat.Ask("remark", string.Concat(open.Select(check => check.Words)), LongestReason);
        var said = string.Concat(checks.Checks.Where(check => check.Weight <= CheckWeight.Remark || check.Kind == CheckKind.QuietDay).Select(check => check.Words));
        var nearby = string.Concat(checks.Nearby.Take(3).Select(other => $"另：{other.UnitName}{ChineseDates.Short(other.On)}也要查这家企业，提交后会生成并办提示。"));
        var review = new List<ReviewItem>
        {
            new("enterprise", "企业", enterprise.Name),
            new("time", "时间", new VisitTime(draft.On, draft.HalfDay).Words),
            new("items", "事项", string.Join('、', choices.Items.Where(item => draft.ItemIds.Contains(item.Id)).Select(item => item.Name))),
            new("team", "人员", string.Join('、', choices.Inspectors.Where(person => draft.InspectorIds.Contains(person.Id)).Select(person => person.Name))),
            new("explanation", "依据", basis.Words),
        };
        if (remark.Length > 0)
            review.Add(new ReviewItem("remark", "说明", remark));
        if (!await chat.Review("review", $"{said}{nearby}\n请核对：", review, submit: "提交报审", drop: "不提交"))
        {
            chat.Say("好的，没有登记，内容已清除。");
            return;
        }

        var registered = await chat.Send(new RegisterTask(chat.Visitor, draft with { Remark = remark }));
        var submitted = await chat.Send(new SubmitTask(chat.Visitor, registered.TaskId));
        var preview = draft switch
        {
            { Type: InspectionType.AdHoc } => "同意后到场扫码即可，这类检查不发预告。",
            { WaiverReason.Length: > 0 } => "是否免预告由负责人决定，请勿向检查对象透露。",
            _ => "预告将在批准后自动发给企业。",
        };
        var merge = submitted.MergePrompt is { } prompt ? $"已生成并办提示{prompt}，请联络员处理。" : "";
        chat.Say($"已提交单位负责人审批，编号 {registered.TaskId}（{registered.Number}）。{preview}{merge}", $"任务 {registered.TaskId}");
    }

    /// <summary>On what the inspection stands.</summary>
    private sealed record Basis(InspectionType Type, InspectionGround Ground)
    {
        public string? PlanId { get; init; }
        public string Source { get; init; } = "";
        public string Explanation { get; init; } = "";
        public string WaiverReason { get; init; } = "";
        public string Words { get; init; } = "";
    }
}
