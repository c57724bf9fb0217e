using Bot.Domain.Inspections;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Duties;

/// <summary>The words under a month's figures open their lists, and a refusal in talk is counted (J02, J13).</summary>
public sealed class OpeningTheLists : IDisposable
{
    private readonly Yunlan yunlan = new Yunlan("2026-11-22 10:00").WithPlans();

    [Fact]
    public async Task J02_each_figure_opens_its_list()
    {
        yunlan.Office.Add(new InspectionTask(new TaskFacts("T1", InspectionType.Daily, "U02", "E001", new DateOnly(2026, 11, 17), new DateOnly(2026, 11, 2)) { CompletedOn = new DateOnly(2026, 11, 17), NoScanReason = "拒不扫码", RecorderNumber = "REC-1" }));
        var talk = new Talk(yunlan.Office, yunlan.Safety);
        await talk.Say("登记任务 12月3日 青禾 工贸");
        Assert.Equal(["U02:E001:20261203:20261122"], yunlan.Office.Use(db => db.QuietDayRefusals.Select(r => r.Id).ToList()));

        yunlan.Office.Time.Set("2026-12-01 08:30");
        await yunlan.Office.TellDuties();
        const string script =
            """
            U: 四项情况
            B: 2026年11月四项情况：
               扫码入企：应扫1次，已扫0次（应扫清单 2026-11）
               安静日：拦截1次（拦截清单 2026-11）
               分级分类：降频0件（降频清单 2026-11）
               综合查一次：并办0件（并办清单 2026-11）
               [应扫清单 2026-11] [拦截清单 2026-11] [降频清单 2026-11] [并办清单 2026-11]
            U: 应扫清单 2026-11
            B: 2026年11月应扫清单（1）：
               T1 11月17日 云澜区青禾特种钢锭铸造有限公司：未扫码：拒不扫码
            U: 拦截清单 2026-11
            B: 2026年11月拦截清单（1）：
               （没有登记） 11月22日 云澜区青禾特种钢锭铸造有限公司：拟定12月3日，在安静日内
            U: 降频清单 2026-11
            B: 2026年11月降频清单：没有。
            U: 并办清单
            B: 2026年11月并办清单：没有。
            """;
        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.SafetyLeader).Play(script));
        Assert.Contains("应扫1次，已扫0次", yunlan.Notice("N54", "L-U02"), StringComparison.Ordinal);
    }

    public void Dispose() => yunlan.Dispose();
}
