using Bot.Scheduling;
using Bot.Storage;
using Bot.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Scheduling;

/// <summary>Several instances make the daily round through the same books at the same moment.</summary>
public sealed class SweepingTogether
{
    [Fact]
    public async Task Two_instances_tell_everybody_once()
    {
        await using var district = await DistrictOffice.Open(DatabaseKind.Postgres, "2026-11-16 08:00", services => services.AddSingleton<DailySweep>());
        using var other = district.Beside(services => services.AddSingleton<DailySweep>());
        district.Clock.Set(new DateTime(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc));

        var raised = await Task.WhenAll(
            new[] { district.Office, other }.Select(office => Task.Run(() => office.Services.GetRequiredService<DailySweep>().Run(TestContext.Current.CancellationToken))));

        Assert.True(raised.Sum() > 0);
        Assert.Equal(raised.Sum(), district.Office.Use(db => db.RaisedMatters.Count(m => m.RaisedAt >= district.Clock.GetUtcNow().UtcDateTime)));
        Assert.Equal(0, await other.Services.GetRequiredService<DailySweep>().Run(TestContext.Current.CancellationToken));
        Assert.DoesNotContain(district.Office.Use(db => db.Notices.GroupBy(n => n.Key).Select(same => same.Count()).ToList()), count => count > 1);
    }
}
