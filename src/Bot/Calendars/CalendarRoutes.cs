using System.Security.Cryptography;
using System.Text;
using Bot.Api;
using Bot.Dialogs.Todo;
using Bot.Domain.Agenda;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Storage;
using MediatR;
using Microsoft.Net.Http.Headers;

namespace Bot.Calendars;

/// <summary>
/// A person's own calendar under an address that nobody guesses. Whatever is wrong with the address, the answer is that of any address that is not there.
/// </summary>
public static class CalendarRoutes
{
    /// <summary>Calendars of many people may be fetched from one address, that of a mail provider.</summary>
    public const int PerMinute = 120;

    private const string Limit = "calendar";

    public static void AddCalendarFeeds(this IServiceCollection services) =>
        services.AddRateLimiter(limits => limits.AddPolicy(Limit, new FloodLimit(PerMinute)));

    public static void MapCalendarFeeds(this IEndpointRouteBuilder routes) => routes
        .MapMethods($"{SubscribeToCalendar.Path}/{{secret}}.ics", [HttpMethods.Get, HttpMethods.Head], Show)
        .RequireRateLimiting(Limit)
        .ExcludeFromDescription();

    private static async Task<IResult> Show(string secret, HttpContext http, IMediator mediator, Transactions transactions)
    {
        if (secret.Length != LinkSecret.Length)
            return Results.NotFound();
        try
        {
            var calendar = await mediator.Send(new CalendarBehindLink(Actor.Service, secret), http.RequestAborted);

            // Most of the time nothing has changed, and nobody who writes has to wait.
            if (!calendar.Remembered)
            {
                calendar = await transactions.Run(
                    $"calendar:{LinkSecret.HashOf(secret)}",
                    (work, token) => work.Services.GetRequiredService<IMediator>().Send(new PublishCalendar(Actor.Service, secret), token),
                    http.RequestAborted);
            }

            return Answer(http, Encoding.UTF8.GetBytes(CalendarFeed.Write(calendar)));
        }
        catch (RuleBrokenException)
        {
            return Results.NotFound();
        }
    }

    private static IResult Answer(HttpContext http, byte[] document)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(document).AsSpan(0, 16))}\"");
        headers.ContentDisposition = "inline; filename=\"calendar.ics\"";

        // Answers If-None-Match with 304 by itself.
        return Results.Bytes(document, "text/calendar; charset=utf-8", entityTag: tag);
    }
}
