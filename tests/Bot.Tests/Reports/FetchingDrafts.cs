using System.Net;
using Bot.Domain.Commands;
using Bot.Domain.Reports;
using Bot.Reports;
using Bot.Tests.Channels.WeCom;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Reports;

/// <summary>Reports and trails as files: valid Word and Excel, nothing typed becomes a formula, and only by the link (S38, W42).</summary>
public sealed class FetchingDrafts
{
    private static readonly Paper Sample = new(
        "检查任务T303全程记录",
        "云澜区应急管理局",
        [new PaperPart("一、办理经过", ["说明：企业停电\u0001，第二行\n第三行"], new PaperTable(["时间", "事项", "次数"], [["2026年11月17日 09:32", "=HYPERLINK(\"x\")", "12"], ["", "<w:p/>&", "0"]])), new PaperPart("二、空", [])]);

    [Fact]
    public void A_word_document_is_valid_and_holds_every_line()
    {
        using var file = new MemoryStream(WordPaper.Write(Sample));
        using var document = WordprocessingDocument.Open(file, isEditable: false);

        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => error.Description));
        var text = document.MainDocumentPart!.Document.InnerText;
        Assert.All(["检查任务T303全程记录", "一、办理经过", "企业停电，第二行 第三行", "<w:p/>&", "2026年11月17日 09:32"], words => Assert.Contains(words, text, StringComparison.Ordinal));
    }

    // H35
    [Fact]
    public void A_sheet_is_valid_and_no_cell_is_a_formula()
    {
        using var file = new MemoryStream(ExcelPaper.Write(Sample));
        using var document = SpreadsheetDocument.Open(file, isEditable: false);

        Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => error.Description));
        var sheet = document.WorkbookPart!.WorksheetParts.Single().Worksheet;
        Assert.Empty(sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.CellFormula>());
        Assert.Contains("=HYPERLINK(\"x\")", sheet.InnerText, StringComparison.Ordinal);
        Assert.Equal(["12", "0"], sheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.CellValue>().Select(value => value.Text));
    }

    [Fact]
    public async Task The_link_gives_the_file_and_any_other_nothing()
    {
        await using var bot = await StaffedBot.Start();
        await bot.Enter("sizheng", "顾司正", ActorRole.Supervisor);
        var by = new Actor("p-sizheng", ActorRole.Supervisor, "顾司正", new Address("wecom", "sizheng"));
        var word = await Issue(bot, new IssueReport(by, "2026-11", DraftForm.Word, true));
        var excel = await Issue(bot, new IssueReport(by, "2026-Q4", DraftForm.Excel, false));

        using var report = await bot.Bot.Client.GetAsync(new Uri($"drafts/{word.Secret}", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), (report.StatusCode, report.Content.Headers.ContentType!.MediaType));
        Assert.Contains("no-store", report.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using (var document = WordprocessingDocument.Open(await report.Content.ReadAsStreamAsync(), isEditable: false))
        {
            Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => error.Description));
            Assert.Contains("2026年11月涉企行政检查监督报告（草稿）", document.MainDocumentPart!.Document.InnerText, StringComparison.Ordinal);
        }

        using var sheet = await bot.Bot.Client.GetAsync(new Uri($"drafts/{excel.Secret}", UriKind.Relative));
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheet.Content.Headers.ContentType!.MediaType);

        foreach (var wrong in new[] { "x", new string('A', 43), word.Secret[..42] })
        {
            using var none = await bot.Bot.Client.GetAsync(new Uri($"drafts/{wrong}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
            Assert.Contains("已经过期或不正确", await none.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        bot.Time.Advance(TimeSpan.FromHours(49));
        using var late = await bot.Bot.Client.GetAsync(new Uri($"drafts/{word.Secret}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        Assert.DoesNotContain(word.Secret, string.Join('\n', bot.Log.Lines), StringComparison.Ordinal);
    }

    private static Task<DraftIssued> Issue(StaffedBot bot, IssueReport command) =>
        bot.Transactions.Run("drafts", (work, token) => work.Services.GetRequiredService<IMediator>().Send(command, token), CancellationToken.None);
}
