using System.Globalization;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Emulators.WeCom;
using Bot.Storage;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeCom.Surviving;

/// <summary>Words by which something that is said is known again, and words that tell it from something else.</summary>
internal sealed record Heard(string Has, string? And = null, string? Lacks = null)
{
    public bool Fits(ChatEntry entry) => entry.Kind != EntryKind.Own && Fits(entry.Plain);

    public bool Fits(string text) => Stands(Has, text) && (And is null || Stands(And, text)) && (Lacks is null || !Stands(Lacks, text));

    private static bool Stands(string words, string text) => text.Contains(words, StringComparison.Ordinal);
}

/// <summary>An official at a desk, and what they are to hear: each of it once, or the same words for several acts.</summary>
internal sealed class Official(WeComMember desk, string personId, string name)
{
    public WeComMember Desk => desk;

    public string PersonId => personId;

    public string Name => name;

    /// <summary>What nothing else is answered with.</summary>
    public List<Heard> Once { get; } = [];

    /// <summary>What several acts are answered with: how often at most.</summary>
    public Dictionary<Heard, int> Often { get; } = [];
}

/// <summary>A request for guidance that lies with an inspector.</summary>
internal sealed record Request(string Id, string Number)
{
    public Heard Notice => new("新的行政指导申请", Number);

    public Heard Shown => new($"指导申请{Id}（", Lacks: "请写答复");

    public Heard AsksForAnswer => new($"指导申请{Id}（", "请写答复");

    public string Answer => $"{Id}所问的除尘设备每班清理一次。依据：《工贸企业粉尘防爆安全规定》";

    public Heard Preview => new("发送前预览", $"{Id}所问");
}

/// <summary>A special plan that two supervisors are asked to file.</summary>
internal sealed record Plan(int Number)
{
    public string Id => string.Create(CultureInfo.InvariantCulture, $"P-U1-2026-S{Number:D4}");

    public string Title => string.Create(CultureInfo.InvariantCulture, $"第{Number:D4}次粉尘专项检查");

    public Heard Notice => new("安静日备案申请", Title);

    public Heard Shown => new($"（{Id}，版本");

    public Heard Confirm => new($"《{Title}》（", "同意备案吗");

    public Heard Filed => new($"《{Title}》已备案，备案日期");
}

/// <summary>Fills a district with as many officials as are wanted: inspectors with a unit and requests of their own, pairs of supervisors with plans.</summary>
internal sealed class Staff(Transactions transactions)
{
    private const string UnitId = "U1";
    private const int AtOnce = 25;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<(IReadOnlyList<Official> Inspectors, IReadOnlyList<Official> Supervisors)> Fill(WeComPlatform platform, int each)
    {
        var (inspectors, supervisors) = (new List<Official>(), new List<Official>());
        await Change(db =>
        {
            db.Add(new Bot.Domain.People.Unit(UnitId, "云澜区应急管理局", "district", "应急管理", "0000-86000200"));
            for (var i = 0; i < each; i++)
            {
                inspectors.Add(new Official(platform.NewMember(Named("魏", i), Id("Wei", i)), Id("I", i), Named("魏", i)));
                supervisors.Add(new Official(platform.NewMember(Named("岑", i), Id("Cen", i)), Id("S", i), Named("岑", i)));
                db.AddRange(
                    new Bot.Domain.People.Unit(Id("V", i), $"云澜区第{i}执法中队", "district", "应急管理", "0000-86000300") { GuidanceDeskPersonId = Id("I", i) },
                    new Person(Id("I", i), Named("魏", i), ActorRole.Inspector, Id("V", i)),
                    new ChannelAddress("wecom", Id("wei", i), Id("I", i)),
                    new Person(Id("K", i), Named("柯", i), ActorRole.UnitLeader, Id("V", i)),
                    new ChannelAddress("web", Id("K", i), Id("K", i)),
                    new Person(Id("S", i), Named("岑", i), ActorRole.Supervisor),
                    new ChannelAddress("wecom", Id("cen", i), Id("S", i)),
                    new Enterprise(Id("C", i), $"云澜第{i}纺织有限公司", string.Create(CultureInfo.InvariantCulture, $"91321299MA7{i:D7}")),
                    new Person(Id("E", i), "王芳", ActorRole.EnterpriseUser) { CurrentEnterpriseId = Id("C", i) },
                    new ChannelAddress("web", Id("E", i), Id("E", i)));
            }
        });
        return (inspectors, supervisors);
    }

    /// <summary>One request for the unit of each of the inspectors, in their order.</summary>
    public async Task<IReadOnlyList<Request>> Ask(int inspectors)
    {
        var requests = new List<Request>();
        foreach (var some in Enumerable.Range(0, inspectors).Chunk(AtOnce))
        {
            requests.AddRange(await transactions.RunLong(
                "ask",
                async (work, token) =>
                {
                    var asked = new List<Request>();
                    foreach (var i in some)
                    {
                        var by = new Actor(Id("E", i), ActorRole.EnterpriseUser, "王芳", new Address("web", Id("E", i)), EnterpriseId: Id("C", i));
                        var receipt = await work.Services.GetRequiredService<IMediator>().Send(new RequestGuidance(by, Id("V", i), "除尘设备多久清理一次"), token);
                        asked.Add(new Request(receipt.Id, receipt.Number));
                    }

                    return asked;
                },
                Token));
        }

        return requests;
    }

    /// <summary>One plan for each pair of supervisors, in their order; both of them are told.</summary>
    public async Task<IReadOnlyList<Plan>> Submit(IReadOnlyList<Official> supervisors, int first)
    {
        var plans = Enumerable.Range(0, supervisors.Count / 2).Select(pair => new Plan(first + pair)).ToList();
        foreach (var some in plans.Index().Chunk(AtOnce))
        {
            await transactions.RunLong(
                "plans",
                async (work, token) =>
                {
                    var db = work.Services.GetRequiredService<SupervisionDb>();
                    var board = work.Services.GetRequiredService<NoticeBoard>();
                    foreach (var (pair, plan) in some)
                    {
                        var entity = new InspectionPlan(plan.Id, UnitId, 2026, PlanKind.Special, plan.Title, new DateOnly(2026, 11, 1));
                        entity.ApproveByGovernment("云政办〔2026〕8号", new DateOnly(2026, 11, 10));
                        entity.AskForQuietDays("寒潮前集中检查", new DateOnly(2026, 11, 23));
                        db.Add(entity);
                        var fields = new Dictionary<string, string> { ["plan"] = plan.Title, ["unit"] = "云澜区应急管理局", ["reason"] = "寒潮前集中检查" };
                        foreach (var one in supervisors.Skip(2 * pair).Take(2))
                            await board.Owe(one.PersonId, "N50", $"N50:{plan.Id}:{one.PersonId}", plan.Id, fields, token, actions: [$"备案 {plan.Id}"]);
                    }

                    return some.Length;
                },
                Token);
        }

        return plans;
    }

    private static string Id(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number:D3}");

    private static string Named(string family, int number) => string.Create(CultureInfo.InvariantCulture, $"{family}{number:D3}");

    private Task Change(Action<SupervisionDb> change) => transactions.RunLong(
        "staff",
        (work, _) =>
        {
            change(work.Services.GetRequiredService<SupervisionDb>());
            return Task.FromResult(0);
        },
        Token);
}
