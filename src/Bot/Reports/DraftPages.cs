using Bot.Api;
using Bot.Dialogs.Reports;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Reports;
using Bot.Domain.Rules;
using Bot.Files;
using MediatR;

namespace Bot.Reports;

/// <summary>Drafts of reports and trails of tasks as files, each under a link that the bot gave to one official and that is over after two days.</summary>
public static class DraftPages
{
    public const int PerMinute = 30;

    private const string Limit = "drafts";

    public static void AddDrafts(this IServiceCollection services) =>
        services.AddRateLimiter(limits => limits.AddPolicy(Limit, new FloodLimit(PerMinute)));

    public static void MapDrafts(this IEndpointRouteBuilder routes) =>
        routes.MapGet(DraftAddress.Path + "/{secret}", Show).RequireRateLimiting(Limit).ExcludeFromDescription();

    private static async Task<IResult> Show(string secret, HttpContext http, IMediator mediator)
    {
        http.Response.KeepConfidential();
        try
        {
            var draft = await mediator.Send(new OpenDraft(Actor.Service, secret.Length == LinkSecret.Length ? secret : ""), http.RequestAborted);
            return draft.Form == DraftForm.Word
                ? Results.File(WordPaper.Write(draft.Paper), FileKinds.Word, $"{draft.Paper.Title}.docx")
                : Results.File(ExcelPaper.Write(draft.Paper), FileKinds.Excel, $"{draft.Paper.Title}.xlsx");
        }
        catch (RuleBrokenException refused)
        {
            return Results.Text(refused.Message, "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound);
        }
    }
}
