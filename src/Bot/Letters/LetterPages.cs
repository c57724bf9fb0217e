using Bot.Api;
using Bot.Domain.Supervision;
using Bot.Files;
using Bot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Bot.Letters;

/// <summary>
/// A paper of supervision as the Word document that was issued, under an address that cannot be guessed and only people of the bureau and of the unit are told.
/// A voided one is not handed out.
/// </summary>
public static class LetterPages
{
    public static void MapLetters(this IEndpointRouteBuilder routes) => routes.MapGet(PaperLink.Path + "/{token}", Show).ExcludeFromDescription();

    private static async Task<IResult> Show(string token, HttpContext http, SupervisionDb db)
    {
        var letter = token.Length != PaperLink.TokenLength
            ? null
            : await db.SupervisionLetters.AsNoTracking().FirstOrDefaultAsync(l => l.Token == token && l.VoidedBecause == null, http.RequestAborted);
        http.Response.KeepConfidential();
        return letter is null
            ? Results.Text("看不到这份文书：链接不正确，或者文书已经作废。请在会话里说“预警与建议书”重新打开。", "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound)
            : Results.File(letter.Document, FileKinds.Word, $"{letter.Name} {letter.Number}.docx", entityTag: new EntityTagHeaderValue($"\"{letter.Sha256}\""));
    }
}
