using System.IO.Compression;
using System.Text;
using Bot.Domain.Manifests;
using Bot.Domain.Rules;
using Bot.Domain.Supervision;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;

namespace Bot.Domain.Tests.Supervision;

/// <summary>S14, S15, S41: letters are Word documents from the operator's templates, numbered without gap, named and counted as the papers of their day say.</summary>
public sealed class WritingLetters : IDisposable
{
    private readonly Ladder ladder = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("letters");

    [Fact]
    public async Task S14_the_letter_says_number_problem_facts_rule_advice_and_days()
    {
        var id = await ladder.FoundUncorrected();
        await ladder.Office.Send(new DraftLetter(ladder.Bureau, id, ["11月2日未扫码", "11月4日未扫码 {文号}"], "凡检查必扫码", "逐次扫码\u0001，培训"));
        await ladder.Office.Send(new IssueLetter(ladder.Bureau, id));

        var text = Text(ladder.Office.Use(db => db.SupervisionLetters.Single(letter => letter.Kind == PaperKind.Suggestion).Document));

        Assert.Contains("云澜区司法局|云司监建〔2026〕第1号|行政执法监督建议书|云澜区应急管理局：|", text, StringComparison.Ordinal);
        Assert.Contains("|多次未扫码入企。|1. 11月2日未扫码|2. 11月4日未扫码 {文号}|二、依据|凡检查必扫码|", text, StringComparison.Ordinal);
        Assert.Contains("|逐次扫码，培训|", text, StringComparison.Ordinal);
        Assert.Contains("请自收到本文书之日起15个工作日内完成整改", text, StringComparison.Ordinal);
        Assert.Contains("整改期满后5个工作日内，我局将跟踪复查", text, StringComparison.Ordinal);
        Assert.Contains("《行政执法监督条例》（国务院令第825号）", text, StringComparison.Ordinal);
        Assert.Contains("|2026年11月10日", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S17_the_report_tells_the_course_of_the_case_and_asks_for_a_decision()
    {
        var id = await ladder.Served();
        ladder.Office.Time.Set("2026-12-02 10:00");
        await ladder.Office.Send(new CheckAgain(ladder.Bureau, id, false, "仍有2次未扫码"));
        await ladder.Office.Send(new ReportToGovernment(ladder.Bureau, id));

        var text = Text(ladder.Office.Use(db => db.SupervisionLetters.Single(letter => letter.Kind == PaperKind.Report).Document));

        Assert.Contains("云澜区人民政府：", text, StringComparison.Ordinal);
        Assert.Contains("1. 2026年11月10日，云澜区司法局向云澜区应急管理局发出预警提醒（云司监警〔2026〕1号）", text, StringComparison.Ordinal);
        Assert.Contains("送达行政执法监督建议书（云司监建〔2026〕第1号）", text, StringComparison.Ordinal);
        Assert.Contains("|仍有2次未扫码|", text, StringComparison.Ordinal);
        Assert.Contains("建议由区人民政府依规对云澜区应急管理局作出行政执法监督决定", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S14_a_number_is_used_once_and_none_is_left_out()
    {
        var (first, second) = (await ladder.Drafted(), await ladder.Drafted("U09"));
        await ladder.Office.Send(new IssueLetter(ladder.Bureau, first, "云司监建[2026]第1号"));

        var used = await Assert.ThrowsAsync<RuleBrokenException>(() => ladder.Office.Send(new IssueLetter(ladder.Bureau, second, "云司监建〔2026〕第1号")));
        var skipped = await Assert.ThrowsAsync<RuleBrokenException>(() => ladder.Office.Send(new IssueLetter(ladder.Bureau, second, "云司监建〔2026〕第3号")));
        var unreadable = await Assert.ThrowsAsync<RuleBrokenException>(() => ladder.Office.Send(new IssueLetter(ladder.Bureau, second, "第七号")));
        var next = await ladder.Office.Send(new IssueLetter(ladder.Bureau, second));

        Assert.Contains("云司监建〔2026〕第1号已经用过，一个文号只能用一次。下一个是云司监建〔2026〕第2号", used.Message, StringComparison.Ordinal);
        Assert.Contains("不能跳号", skipped.Message, StringComparison.Ordinal);
        Assert.Contains("没看懂文号", unreadable.Message, StringComparison.Ordinal);
        Assert.Equal("云司监建〔2026〕第2号", next.Number);
    }

    [Fact]
    public async Task S14_a_voided_letter_keeps_its_number_and_another_follows()
    {
        var id = await ladder.Drafted();
        await ladder.Office.Send(new IssueLetter(ladder.Bureau, id));
        var moved = await ladder.Office.Send(new VoidLetter(ladder.Bureau, id, "单位名称有误"));
        var again = await ladder.Office.Send(new IssueLetter(ladder.Bureau, id));
        await ladder.Office.Send(new ServeLetter(ladder.Bureau, id));

        Assert.Equal((SupervisionStage.LetterDue, new DateOnly(2026, 11, 17)), (moved.Stage, moved.Due!.Value));
        Assert.Equal("云司监建〔2026〕第2号", again.Number);
        Assert.Equal("单位名称有误", ladder.Office.Use(db => db.SupervisionLetters.Single(letter => letter.Number == "云司监建〔2026〕第1号").VoidedBecause));
        Assert.DoesNotContain((await ladder.Office.Send(new SupervisionCaseDetail(ladder.Liaison, id))).Papers, paper => paper.Number == "云司监建〔2026〕第1号");
    }

    [Fact]
    public void Every_template_of_the_product_fills_to_a_valid_document()
    {
        var papers = PaperBook.Load(Testing.Manifests.Folder);

        foreach (var kind in Enum.GetValues<PaperKind>().Where(kind => kind != PaperKind.Decision))
        {
            var template = papers.On(kind, new DateOnly(2026, 11, 22)).Template!;
            var filled = template.Fill(template.Holes.ToDictionary(hole => hole, hole => $"〔{hole}〕\n第二行"));
            using var document = WordprocessingDocument.Open(new MemoryStream(filled), isEditable: false);
            Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(error => error.Description));
            Assert.DoesNotContain("{", Text(filled), StringComparison.Ordinal);
        }
    }

    // S14: names, basis and day counts are data with a date; what was written before stays.
    [Fact]
    public void S14_a_new_regulation_is_a_new_version_from_its_day()
    {
        Copy();
        Change("papers.json", "\"suggestion\": [", """
            "suggestion": [
               { "from": "2027-01-01", "name": "行政执法监督意见书", "basis": "新规定", "number": "{字头}意〔{年份}〕{序号}号", "template": "监督建议书.docx", "limits": { "rectification": { "amount": 30, "clause": "第三十条" } } },
            """);
        var papers = PaperBook.Load(folder.FullName);

        var (before, after) = (papers.On(PaperKind.Suggestion, new DateOnly(2026, 12, 31)), papers.On(PaperKind.Suggestion, new DateOnly(2027, 1, 1)));
        Assert.Equal(("行政执法监督建议书", 15), (before.Name, before.Limit("rectification", ladder.Office.Rules).Period.Amount));
        Assert.Equal(("行政执法监督意见书", 30, "第三十条"), (after.Name, after.Limit("rectification", ladder.Office.Rules).Period.Amount, after.Limit("rectification", ladder.Office.Rules).Clause));
        Assert.Equal("云司监建意〔2027〕8号", after.Print("云司监建", 2027, 8));
    }

    [Fact]
    public void A_template_with_a_missing_or_unknown_hole_is_found_before_it_is_used()
    {
        Copy();
        Refill("监督建议书.docx", xml => xml.Replace("{整改天数}", "规定时间", StringComparison.Ordinal).Replace("{建议}", "{意见}", StringComparison.Ordinal));

        var found = PaperBook.Check(folder.FullName).Select(problem => problem.ToString()).ToList();

        Assert.Contains("letters/papers.json，papers.suggestion[0]：模板 监督建议书.docx 里缺少 {整改天数}", found);
        Assert.Contains("letters/papers.json，papers.suggestion[0]：模板 监督建议书.docx 里缺少 {建议}", found);
        Assert.Contains(found, problem => problem.Contains("里有不认识的 {意见}", StringComparison.Ordinal));
        Assert.Throws<ManifestException>(() => PaperBook.Load(folder.FullName));
        Assert.Empty(PaperBook.Check(Testing.Manifests.Folder));
    }

    [Theory]
    [InlineData("not a document")]
    [InlineData(null)]
    public void A_template_that_is_no_document_or_not_there_is_named(string? content)
    {
        Copy();
        File.Delete(Template("指导性意见.docx"));
        if (content is not null)
            File.WriteAllText(Template("指导性意见.docx"), content);

        Assert.Contains(PaperBook.Check(folder.FullName), problem => problem.Reason.Contains("打不开模板 指导性意见.docx", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hole_that_Word_has_cut_into_pieces_is_filled_all_the_same()
    {
        Copy();
        Refill("指导性意见.docx", xml => xml.Replace("{问题}", "{问</w:t></w:r><w:r><w:t>题</w:t></w:r><w:r><w:t xml:space=\"preserve\">}", StringComparison.Ordinal));
        var template = WordTemplate.Open(Template("指导性意见.docx"))!;

        Assert.Contains("发现，预告没写标准在多个单位存在", Text(template.Fill(template.Holes.ToDictionary(hole => hole, hole => hole == "问题" ? "预告没写标准" : hole))), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        ladder.Dispose();
        folder.Delete(recursive: true);
    }

    private static string Text(byte[] document)
    {
        using var opened = WordprocessingDocument.Open(new MemoryStream(document), isEditable: false);
        return string.Join('|', opened.MainDocumentPart!.Document.Body!.Elements<DocumentFormat.OpenXml.Wordprocessing.Paragraph>().Select(paragraph => paragraph.InnerText));
    }

    private string Template(string name) => Path.Combine(folder.FullName, "letters", name);

    private void Copy()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "letters"));
        foreach (var file in Directory.GetFiles(Path.Combine(Testing.Manifests.Folder, "letters")))
            File.Copy(file, Template(Path.GetFileName(file)));
    }

    private void Change(string file, string from, string to) => File.WriteAllText(Template(file), File.ReadAllText(Template(file)).Replace(from, to, StringComparison.Ordinal));

    private void Refill(string file, Func<string, string> change)
    {
        using var archive = ZipFile.Open(Template(file), ZipArchiveMode.Update);
        var entry = archive.GetEntry("word/document.xml")!;
        string xml;
        using (var reader = new StreamReader(entry.Open(), Encoding.UTF8))
            xml = reader.ReadToEnd();
        entry.Delete();
        using var writer = new StreamWriter(archive.CreateEntry("word/document.xml").Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        writer.Write(change(xml));
    }
}
