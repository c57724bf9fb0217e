using Bot.Files;
using Bot.Storage;
using Bot.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeChat.Talks;

/// <summary>What may not be found again in any table: whoever has gone (A5), and whoever asked or complained without a name (W28).</summary>
public sealed class LeavingNothingBehind
{
    private const string Name = "许曼青";
    private const string Phone = "13955512345";

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Whoever_stops_following_is_gone_from_every_table_and_the_cases_stay(DatabaseKind kind)
    {
        await using var account = await Account.Open(kind);
        var talk = new Transcript(account);
        await talk.Play(
            $$"""
            童景行：邀请同事
            童景行：[点 法定代表人]
            {{Name}}：[关注]
            {{Name}}：绑定码 {码}
            {{Name}}：1 {{Name}}
            {{Name}}：[点 申请行政指导]
            {{Name}}：应急
            {{Name}}：审批单由谁签字？
            {{Name}}：提交
            {{Name}}：人工
            {{Name}}：1
            {{Name}}：预告里的联系人打不通
            {{Name}}：{{Phone}}
            {{Name}}：投诉
            {{Name}}：实名
            {{Name}}：态度很凶，一直吼人
            {{Name}}：昨天
            {{Name}}：应急
            {{Name}}：[图片]
            {{Name}}：没有
            {{Name}}：提交
            {{Name}}：[图片]
            """);
        var openId = account.Phone(Name).OpenId;
        Assert.NotEmpty(await account.Holding(openId));
        Assert.NotEmpty(await account.Holding(Name));
        Assert.NotEmpty(await account.Holding(Phone));

        await talk.Play($"{Name}：[取消关注]");

        Assert.Empty(await account.Holding(openId));
        Assert.Empty(await account.Holding(Name));
        Assert.Empty(await account.Holding(Phone));
        Assert.True(await account.Change(db => db.GuidanceRequests.AnyAsync(request => request.Question == "审批单由谁签字？")));
        Assert.Equal(1, await account.Change(db => db.Complaints.CountAsync(complaint => complaint.Text.Contains("吼人"))));

        await talk.Play($"{Name}：[关注]\n{Name}：检查预告");
        Assert.Contains("要先绑定企业", talk.Heard, StringComparison.Ordinal);
        Assert.Empty(account.Platform.Violations);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Whoever_asks_and_complains_without_a_name_cannot_be_found_again(DatabaseKind kind)
    {
        await using var account = await Account.Open(kind);
        var talk = new Transcript(account);
        await talk.Play(
            """
            匿名人：[关注]
            匿名人：匿名咨询
            匿名人：学徒工要签什么合同
            匿名人：他们没亮证没扫码就进来
            匿名人：匿名
            匿名人：今天上午九点
            匿名人：城管
            匿名人：[图片]
            匿名人：没有
            匿名人：提交
            匿名人：{码}
            匿名人：[点 补充]
            匿名人：[图片]
            匿名人：没有
            匿名人：不用
            @ 2026-11-22 11:30
            """);

        var openId = account.Phone("匿名人").OpenId;
        Assert.Empty(await account.Holding(openId));
        var complaint = await account.Change(db => db.Complaints.SingleAsync(complaint => complaint.PersonId == null && complaint.Text.Contains("没亮证没扫码就进来")));
        Assert.InRange(new FileInfo(account.Bot.Services.GetRequiredService<FileStore>().PathOf(Assert.Single(complaint.EvidenceIds))).Length, 20_000, 30_000);
        Assert.Equal(1, await account.Change(db => db.GuidanceRequests.CountAsync(request => request.AskedById == null && request.Question == "学徒工要签什么合同")));

        await talk.Play("@ 2026-11-26 12:00");
        Assert.Empty(await account.Holding(openId));
        Assert.Empty(account.Platform.Violations);
    }
}
