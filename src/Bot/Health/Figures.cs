using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Bot.Health;

/// <summary>
/// Collects the figures that the parts of the service count on the meter "Bot" and shows them as Prometheus text. Kept small on purpose:
/// counters add up, gauges are asked when somebody looks, histograms give count and sum.
/// </summary>
public sealed class Figures : IDisposable
{
    public const string MeterName = "Bot";

    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), Sum> sums = new();
    private readonly MeterListener listener = new();
    private readonly Meter runtime = new(MeterName);

    public Figures(TimeProvider time)
    {
        var started = time.GetTimestamp();
        runtime.CreateObservableGauge("bot_uptime_seconds", () => time.GetElapsedTime(started).TotalSeconds, description: "Seconds since start.");
        runtime.CreateObservableGauge("bot_memory_bytes", () => Environment.WorkingSet, description: "Memory of the process.");
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == MeterName)
                to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measured(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measured(instrument, value, tags));
        listener.Start();
    }

    public string ToPrometheus()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var figure in sums.GroupBy(sum => sum.Key.Instrument).OrderBy(figure => figure.Key.Name, StringComparer.Ordinal))
        {
            var (instrument, name) = (figure.Key, figure.Key.Name);
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description}\n# TYPE {name} {KindOf(instrument)}\n");
            foreach (var (key, sum) in figure.OrderBy(sum => sum.Key.Labels, StringComparer.Ordinal))
            {
                if (KindOf(instrument) == "summary")
                    text.Append(CultureInfo.InvariantCulture, $"{name}_sum{key.Labels} {sum.Total:R}\n{name}_count{key.Labels} {sum.Count}\n");
                else
                    text.Append(CultureInfo.InvariantCulture, $"{name}{key.Labels} {sum.Total:R}\n");
            }
        }

        return text.ToString();
    }

    public void Dispose()
    {
        listener.Dispose();
        runtime.Dispose();
    }

    private void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var sum = sums.GetOrAdd((instrument, Labels(tags)), _ => new Sum());
        if (instrument.IsObservable)
            sum.Set(value);
        else
            sum.Add(value);
    }

    private static string KindOf(Instrument instrument) =>
        instrument.GetType().Name.StartsWith("ObservableCounter", StringComparison.Ordinal) ? "counter" : instrument.IsObservable ? "gauge" : instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal) ? "summary" : "counter";

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var labels = new StringBuilder("{");
        foreach (var (name, value) in tags)
            labels.Append(labels.Length > 1 ? "," : "").Append(name).Append("=\"").Append(Convert.ToString(value, CultureInfo.InvariantCulture)).Append('"');
        return labels.Append('}').ToString();
    }

    private sealed class Sum
    {
        private readonly Lock door = new();

        public double Total { get; private set; }

        public long Count { get; private set; }

        public void Add(double value)
        {
            lock (door)
                (Total, Count) = (Total + value, Count + 1);
        }

        public void Set(double value)
        {
            lock (door)
                (Total, Count) = (value, 1);
        }
    }
}
