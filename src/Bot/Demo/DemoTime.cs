using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using Bot.Scheduling;

namespace Bot.Demo;

/// <summary>Moves the demonstration's clock: forward through everything that becomes due, and back only to begin elsewhere.</summary>
public sealed class DemoTime(DemoDistrict district, DemoClock clock, DueWork dueWork) : IDisposable
{
    public static readonly Rule WithinKnownYears = new("演示的时间只能拨到2024年到2027年之间。", "演示");
    public static readonly Rule ForwardOnceUsed = new("已经有人办过事，时间只能往后拨；想从更早的日子开始，请删掉演示数据库后重新启动。", "演示");

    private static readonly DateTime First = ChinaClock.ToUtc(new DateOnly(2024, 1, 1), TimeOnly.MinValue);
    private static readonly DateTime End = ChinaClock.ToUtc(new DateOnly(2028, 1, 1), TimeOnly.MinValue);

    private readonly SemaphoreSlim one = new(1);

    /// <summary>Returns when everything that was due on the way is done.</summary>
    public async Task MoveTo(DateTime until, CancellationToken cancellationToken)
    {
        WithinKnownYears.Require(until >= First && until < End);
        await one.WaitAsync(cancellationToken);
        try
        {
            if (until >= clock.GetUtcNow().UtcDateTime)
            {
                await dueWork.RunUntil(until, clock.Set, cancellationToken);
                await district.KeepTime(cancellationToken);
            }
            else
            {
                ForwardOnceUsed.Require(!await district.Touched(cancellationToken));
                await district.Load(until, cancellationToken);
            }
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();
}
