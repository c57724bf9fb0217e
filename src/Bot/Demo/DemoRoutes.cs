using System.Globalization;
using System.Text.Json;
using Bot.Api;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using Bot.Scheduling;

namespace Bot.Demo;

/// <summary>What only the demonstration has: whom a visitor may be, and the clock.</summary>
public static class DemoRoutes
{
    private const string HowToSay = "请写明要拨到的时间，例如 {\"now\":\"2026-03-02T09:00:00+08:00\"}。";

    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private static readonly string[] Instants = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    public static void AddDemo(this IServiceCollection services, Settings settings)
    {
        var files = new DemoFiles(Path.Combine(settings.Manifests, "demo"));
        services.AddSingleton(files);
        services.AddSingleton(provider => new DemoClock(provider.GetRequiredService<TimeProvider>(), files.Outline.Clock.UtcDateTime));

        // Takes the place of the machine's time in everything that counts days; tokens, sockets and timers keep TimeProvider.
        services.AddSingleton(provider => new ChinaClock(provider.GetRequiredService<DemoClock>()));
        services.AddSingleton(provider => new BusinessTime(provider.GetRequiredService<DemoClock>()));
        services.AddSingleton<DemoDistrict>();
        services.AddSingleton<DemoTime>();
        services.AddSingleton<Personas>();
        services.AddHostedService<DemoOpening>();
    }

    public static void MapDemo(this WebApplication app)
    {
        app.MapGet("/demo/personas", (Personas personas, CancellationToken cancellationToken) => personas.List(cancellationToken)).ExcludeFromDescription();
        app.MapGet("/demo/clock", (DemoClock clock) => Now(clock)).ExcludeFromDescription();
        app.MapPost("/demo/clock", Move).ExcludeFromDescription();
    }

    private static async Task<IResult> Move(HttpRequest request, DemoTime time, DemoClock clock, IHostApplicationLifetime lifetime)
    {
        if (await Asked(request) is not { } until)
            return Problems.BadRequest(HowToSay);
        try
        {
            // Whoever asked may go away; half of a move would leave the district in the middle of nowhere.
            await time.MoveTo(until.UtcDateTime, lifetime.ApplicationStopping);
            return Now(clock);
        }
        catch (RuleBrokenException refused)
        {
            return Problems.BadRequest(refused.Message);
        }
    }

    private static async Task<DateTimeOffset?> Asked(HttpRequest request)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("now", out var now)
                && now.ValueKind == JsonValueKind.String
                && now.GetString() is { } text
                && (text.EndsWith('Z') || text is [.., '+' or '-', _, _, ':', _, _])
                && DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked)
                    ? asked
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Now(DemoClock clock) =>
        Results.Json(new { now = clock.GetUtcNow().ToOffset(China).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture) });
}
