using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Bot.Domain.Supervision;
using Bot.Files;
using Bot.Tests.Demo;
using DocumentFormat.OpenXml.Packaging;

namespace Bot.Tests.Letters;

/// <summary>
/// C25, S14: in the demonstration a supervisor issues and serves the letter of SV1, and whoever has its address gets the Word document. With BOT_PICTURES set to
/// a folder the pictures of the docs are taken anew.
/// </summary>
public sealed partial class OpeningLetters
{
    [Fact]
    public async Task S14_the_letter_that_was_served_opens_by_its_address_and_by_no_other()
    {
        await using var demo = await DemoBot.Start();

        await demo.Say("SJ1", "SV26-12什么情况", "起草建议书", "逐次扫码，对检查人员开展培训", "签发 云司监建〔2026〕第7号", "确认");
        var link = Link().Match(string.Join('\n', await demo.Told("SJ1", "云司监建〔2026〕第7号"))).Groups[1].Value;
        using var opened = await demo.Running.Client.GetAsync(new Uri($"{PaperLink.Path}/{link}", UriKind.Relative));
        using var guessed = await demo.Running.Client.GetAsync(new Uri($"{PaperLink.Path}/{new string('a', link.Length)}", UriKind.Relative));
        using var shorter = await demo.Running.Client.GetAsync(new Uri($"{PaperLink.Path}/{link[1..]}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.Equal(FileKinds.Word, opened.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-store", opened.Headers.CacheControl!.ToString());
        Assert.Equal("行政执法监督建议书 云司监建〔2026〕第7号.docx", opened.Content.Headers.ContentDisposition!.FileNameStar);
        using var document = WordprocessingDocument.Open(new MemoryStream(await opened.Content.ReadAsByteArrayAsync()), isEditable: false);
        Assert.Contains("T303，11月17日检查未扫码，也没有填写理由", document.MainDocumentPart!.Document.InnerText, StringComparison.Ordinal);
        await TakePictures(demo);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (guessed.StatusCode, shorter.StatusCode));
        Assert.Equal(SupervisionStage.Rectifying, demo.Look(db => db.SupervisionCases.Single(one => one.Id == "SV26-12").Stage));
    }

    [Fact]
    public async Task C20_a_liaison_sees_the_letter_of_the_own_unit_and_nothing_of_another()
    {
        await using var demo = await DemoBot.Start();

        await demo.Say("LI-U09", "收到建议书了吗", "看SV26-11");
        Assert.Contains(await demo.Told("LI-U09", "云司监建〔2026〕第6号"), said => said.Contains("10月26日送达：结果长期未回填", StringComparison.Ordinal));
        await demo.Say("LI-U09", "取消", "打开 SV26-12");
        Assert.Empty(await demo.Told("LI-U09", "多次未扫码"));
    }

    /// <summary>The letter just made, and the report on SV3, as LibreOffice shows them.</summary>
    private static async Task TakePictures(DemoBot demo)
    {
        if (Environment.GetEnvironmentVariable("BOT_PICTURES") is not { Length: > 0 } folder)
            return;
        foreach (var (kind, subject, name) in new[] { (PaperKind.Suggestion, "SV26-12", "letter-suggestion"), (PaperKind.Report, "SV26-10", "letter-report") })
        {
            var path = Path.Combine(Path.GetTempPath(), $"{name}.docx");
            await File.WriteAllBytesAsync(path, demo.Look(db => db.SupervisionLetters.Single(letter => letter.Kind == kind && letter.SubjectId == subject).Document));
            await Run("soffice", "--headless", "--convert-to", "pdf", "--outdir", Path.GetTempPath(), path);
            await Run("pdftoppm", "-png", "-r", "80", "-singlefile", Path.ChangeExtension(path, ".pdf"), Path.Combine(folder, name));
        }
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var running = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        await running.WaitForExitAsync();
        Assert.Equal(0, running.ExitCode);
    }

    [GeneratedRegex(@"/letters/([A-Za-z0-9_-]{43})")]
    private static partial Regex Link();
}
