using System.Globalization;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Emulators.WeChat;
using Bot.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeChat.Surviving;

/// <summary>
/// What somebody says, or null for following the account, and words that stand in the answer to it and in no other answer this person gets; after ^, that it
/// begins with.
/// </summary>
internal sealed record Line(string? Says, string Answer)
{
    public bool Fits(string text) => Answer[0] == '^' ? text.StartsWith(Answer[1..], StringComparison.Ordinal) : text.Contains(Answer, StringComparison.Ordinal);
}

/// <summary>One of many, each with an enterprise, a finished inspection and a binding code of their own.</summary>
internal sealed class Person(WeChatUser phone, int number, string? code)
{
    public WeChatUser Phone => phone;

    public int Number => number;

    /// <summary>Others are bound from the start: to read a code is slow on purpose.</summary>
    public bool BindsByCode => code is not null;

    public IReadOnlyList<Line> Entering { get; } = code is null ? [new(null, "服务助手")] :
    [
        new(null, "服务助手"),
        new($"绑定码 {code}", $"绑定{Crowd.EnterpriseName(number)}，您的身份是"),
        new("1 王芳", "绑定成功"),
    ];

    public IReadOnlyList<Line> Guidance { get; } =
    [
        new("申请行政指导", "您想请哪个单位指导"),
        new("1", "^想问什么？"),
        new($"我们第{number}号车间的除尘设备多久清理一次", "请看一遍：\n"),
        new("提交", "已提交，编号"),
    ];

    public IReadOnlyList<Line> Complaint { get; } =
    [
        new("我要投诉", "给您添麻烦了"),
        new("实名", "发生了什么？"),
        new($"一个月来查了三次，太频繁，第{number}号", "发生在哪天？"),
        new("记不清", "日期先空着"),
        new("不清楚", "可以再补充经过"),
        new("没有", "请看一遍（实名）"),
        new("提交", "已登记，编号"),
    ];

    public IReadOnlyList<Line> Rating { get; } =
    [
        new("评价检查", "您的评价检查单位看不到"),
        new($"4分，第{number}次检查一次看完", "收到：4分"),
        new("提交", "已提交，谢谢"),
    ];

    public IReadOnlyList<Line> Question { get; } =
    [
        new("匿名咨询", "匿名时我不会把您的身份"),
        new($"第{number}号仓库的危险作业要先报应急局吗", "已转云澜区应急管理局"),
        new("帮助", "可以这样说"),
    ];

    public IEnumerable<Line> Everything => [.. Entering, .. Guidance, .. Complaint, .. Rating, .. Question];
}

/// <summary>Fills a district for as many people as are wanted, and owes them previews.</summary>
internal sealed class Crowd(Transactions transactions)
{
    private const string UnitId = "U1";
    private const int CodesOfOneOfficial = 20;
    private const int OneInHowManyBindsByCode = 8;

    public static string EnterpriseId(int number) => string.Create(CultureInfo.InvariantCulture, $"C{number}");

    public static string EnterpriseName(int number) => string.Create(CultureInfo.InvariantCulture, $"云澜第{number}纺织有限公司");

    /// <summary>What is to be inspected, by which a preview is known again on the phone.</summary>
    public static string Marker(int notice) => string.Create(CultureInfo.InvariantCulture, $"检查事项{notice:D5}");

    public static bool IsNotice(Bubble bubble) => bubble.Kind is BubbleKind.Template or BubbleKind.Subscription || bubble.Text.Contains("计划于", StringComparison.Ordinal);

    public async Task<IReadOnlyList<Person>> Fill(WeChatPlatform platform, int people)
    {
        var officials = people / CodesOfOneOfficial + 1;
        await Change(db =>
        {
            db.AddRange(
                new Bot.Domain.People.Unit(UnitId, "云澜区应急管理局", "district", "应急管理", "0000-86000200") { GuidanceDeskPersonId = "I1" },
                new Bot.Domain.People.Person("I1", "何安宁", ActorRole.Inspector, UnitId),
                new ChannelAddress("web", "I1", "I1"),
                new Bot.Domain.People.Person("L1", "沈知微", ActorRole.UnitLiaison, UnitId),
                new ChannelAddress("web", "L1", "L1"));
            for (var i = 0; i < officials; i++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"S{i}");
                db.AddRange(new Bot.Domain.People.Person(id, "顾司正", ActorRole.Supervisor), new ChannelAddress("web", id, id));
            }

            for (var i = 0; i < people; i++)
            {
                db.Add(new Enterprise(EnterpriseId(i), EnterpriseName(i), string.Create(CultureInfo.InvariantCulture, $"91321299MA7{i:D7}")));
                db.Add(new InspectionTask(new TaskFacts(string.Create(CultureInfo.InvariantCulture, $"T{i}"), InspectionType.Daily, UnitId, EnterpriseId(i), new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 2)) { CompletedOn = new DateOnly(2026, 11, 20) }));
                db.Add(new InspectionTask(new TaskFacts(string.Create(CultureInfo.InvariantCulture, $"F{i}"), InspectionType.Daily, UnitId, EnterpriseId(i), new DateOnly(2026, 12, 18), new DateOnly(2026, 11, 20))));
            }
        });
        var crowd = new List<Person>();
        for (var i = 0; i < people; i++)
        {
            var user = platform.NewUser();
            if (i % OneInHowManyBindsByCode > 0)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"P{i}");
                await Change(db => db.AddRange(
                    new Bot.Domain.People.Person(id, "王芳", ActorRole.EnterpriseUser) { CurrentEnterpriseId = EnterpriseId(i) },
                    new ChannelAddress("wechat", user.OpenId, id),
                    new Binding("B" + id, id, EnterpriseId(i), "办事人员", BindingState.Active, platform.Time.GetUtcNow().UtcDateTime, null)));
                crowd.Add(new Person(user, i, null));
                continue;
            }

            var by = string.Create(CultureInfo.InvariantCulture, $"S{i / CodesOfOneOfficial}");
            var official = new Actor(by, ActorRole.Supervisor, "顾司正", new Address("web", by));
            var issued = await transactions.Run("code", (work, token) => work.Services.GetRequiredService<IMediator>().Send(new IssueBindingCode(official, null, EnterpriseId(i)), token), TestContext.Current.CancellationToken);
            crowd.Add(new Person(user, i, issued.Code));
        }

        return crowd;
    }

    /// <summary>One preview for each of these people, numbered from <paramref name="first"/>.</summary>
    public Task Owe(IReadOnlyList<Person> people, int first) => transactions.Run(
        "owe",
        async (work, token) =>
        {
            var db = work.Services.GetRequiredService<SupervisionDb>();
            var openids = people.Select(person => person.Phone.OpenId).ToArray();
            var ids = await db.Addresses.Where(address => openids.Contains(address.ExternalId)).ToDictionaryAsync(address => address.ExternalId, address => address.PersonId, token);
            var board = work.Services.GetRequiredService<NoticeBoard>();
            for (var i = 0; i < people.Count; i++)
            {
                var fields = new Dictionary<string, string>
                {
                    ["enterprise"] = EnterpriseName(people[i].Number),
                    ["unit"] = "云澜区应急管理局",
                    ["date"] = "2026年12月18日（周五）上午",
                    ["type"] = "日常检查",
                    ["items"] = Marker(first + i),
                    ["standards"] = "特种作业有审批",
                    ["guide"] = "",
                    ["inspectors"] = "魏亦舟、顾予宁",
                    ["contact"] = "魏亦舟 0000-86000202",
                };
                await board.Owe(ids[people[i].Phone.OpenId]!, "N1", Marker(first + i), string.Create(CultureInfo.InvariantCulture, $"F{people[i].Number}"), fields, token);
            }

            return people.Count;
        },
        TestContext.Current.CancellationToken);

    private Task Change(Action<SupervisionDb> change) => transactions.RunLong(
        "crowd",
        (work, _) =>
        {
            change(work.Services.GetRequiredService<SupervisionDb>());
            return Task.FromResult(0);
        },
        TestContext.Current.CancellationToken);
}
