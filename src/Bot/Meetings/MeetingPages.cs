using System.Text;
using Bot.Api;
using Bot.Calendars;
using Bot.Domain.Commands;
using Bot.Domain.Meetings;
using Bot.Domain.Rules;
using Bot.Files;
using MediatR;

namespace Bot.Meetings;

/// <summary>
/// A meeting as a calendar file, and the pack for a meeting as a Word document, each under an address that cannot be guessed. Whatever is wrong with it, the answer
/// is that of an address that is not there.
/// </summary>
public static class MeetingPages
{
    public static void MapMeetings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(MeetingLink.Path + "/{token}.ics", Calendar).ExcludeFromDescription();
        routes.MapGet(MeetingPack.Path + "/{token}", Pack).ExcludeFromDescription();
    }

    private static async Task<IResult> Calendar(string token, HttpContext http, IMediator mediator)
    {
        http.Response.KeepConfidential();
        if (token.Length != MeetingLink.TokenLength)
            return Results.NotFound();
        try
        {
            var calendar = await mediator.Send(new MeetingBehindLink(Actor.Service, token), http.RequestAborted);
            return Results.File(Encoding.UTF8.GetBytes(CalendarFeed.Write(calendar)), "text/calendar; charset=utf-8", "meeting.ics");
        }
        catch (RuleBrokenException)
        {
            return Results.NotFound();
        }
    }

    private static async Task<IResult> Pack(string token, HttpContext http, IMediator mediator)
    {
        http.Response.KeepConfidential();
        if (token.Length != MeetingPack.TokenLength)
            return Results.NotFound();
        try
        {
            var pack = await mediator.Send(new MeetingPackBehindLink(Actor.Service, token), http.RequestAborted);
            return Results.File(pack.Document, FileKinds.Word, pack.Name);
        }
        catch (RuleBrokenException refused)
        {
            return Results.Text(refused.Message, "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound);
        }
    }
}
