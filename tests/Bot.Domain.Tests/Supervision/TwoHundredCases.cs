using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Supervision;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Tests.Supervision;

/// <summary>
/// S13–S17, S41: two hundred cases over a year with its holidays and make-up days. Units answer, ask for time, disagree or say nothing, put things right or do not, by
/// lot; every limit is held against days counted by hand, every number against its place in the row, and every document is opened.
/// </summary>
public sealed class TwoHundredCases(TwoHundredCases.Year year) : IClassFixture<TwoHundredCases.Year>
{
    private const int AtOnce = 40;

    [Fact]
    public void S13_S17_every_case_came_to_an_end_and_every_way_was_gone()
    {
        var cases = year.Cases;

        Assert.Equal(Year.Count, cases.Count);
        Assert.All(cases, one => Assert.Equal(SupervisionStage.Closed, one.Stage));
        Assert.Equal(Enum.GetValues<SupervisionOutcome>(), cases.Select(one => one.Outcome!.Value).Distinct().Order());
        Assert.Equal(Enum.GetValues<SupervisionDeed>().Where(deed => deed != SupervisionDeed.TimeRefused), year.Steps.Select(step => step.Deed).Distinct().Order());
    }

    [Fact]
    public void S14_S15_S16_every_limit_ended_on_its_day()
    {
        Assert.True(year.Expected.Count > Year.Count);
        Assert.All(year.Expected, expected => Assert.Equal((expected.Id, expected.On), (expected.Id, year.Due[expected.Id])));
    }

    [Fact]
    public void S14_S16_every_step_was_taken_on_its_day_and_letters_and_checks_in_time() => Assert.All(
        year.Met,
        met => Assert.True(met.On <= year.Due[met.Id], $"{met.Id} was met on {met.On:yyyy-MM-dd}"));

    [Fact]
    public void S14_every_series_is_without_gap_and_without_repeat()
    {
        foreach (var series in year.Letters.GroupBy(letter => PaperNumber.Read(letter.Number)!.Series))
        {
            var numbers = series.Select(letter => PaperNumber.Read(letter.Number)!).OrderBy(number => number.Year).ThenBy(number => number.Sequence).ToList();
            foreach (var one in numbers.GroupBy(number => number.Year))
                Assert.Equal(Enumerable.Range(1, one.Count()), one.Select(number => number.Sequence));
        }
    }

    [Fact]
    public void S14_every_document_is_a_valid_Word_document_without_a_hole()
    {
        var validator = new OpenXmlValidator();

        Assert.All(year.Letters, letter =>
        {
            using var document = WordprocessingDocument.Open(new MemoryStream(letter.Document), isEditable: false);
            Assert.Empty(validator.Validate(document, CancellationToken.None).Select(error => error.Description));
            Assert.DoesNotContain('{', document.MainDocumentPart!.Document.InnerText);
            Assert.Contains(letter.Number, document.MainDocumentPart!.Document.InnerText, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void S14_LibreOffice_opens_every_document()
    {
        Assert.SkipWhen(Soffice is null, "LibreOffice is not installed");
        var folder = Directory.CreateTempSubdirectory("office");
        try
        {
            foreach (var letter in year.Letters)
                File.WriteAllBytes(Path.Combine(folder.FullName, $"{letter.Id}.docx"), letter.Document);
            foreach (var some in Directory.GetFiles(folder.FullName, "*.docx").Chunk(AtOnce))
                Convert(folder.FullName, some);

            Assert.All(year.Letters, letter => Assert.Contains(letter.Number, File.ReadAllText(Path.Combine(folder.FullName, $"{letter.Id}.txt")), StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Soffice => new[] { "/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice" }.FirstOrDefault(File.Exists);

    private static void Convert(string folder, IEnumerable<string> documents)
    {
        var start = new ProcessStartInfo(Soffice!, ["--headless", $"-env:UserInstallation=file://{folder}/profile", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, .. documents])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var office = Process.Start(start)!;
        var said = office.StandardOutput.ReadToEnd() + office.StandardError.ReadToEnd();
        office.WaitForExit();
        Assert.True(office.ExitCode == 0, said);
    }

    /// <summary>A year of supervision, lived once.</summary>
    public sealed class Year : IAsyncLifetime
    {
        public const int Count = 200;

        private const string Fixed = "20260101";

        private readonly Random lot = new(int.Parse(Fixed, CultureInfo.InvariantCulture));
        private readonly Ladder ladder = new("2026-01-05 09:00");
        private readonly HandCalendar calendar = new();
        private readonly Dictionary<string, DateOnly> wake = [];
        private readonly List<(string Id, DateOnly On)> expected = [];

        public IReadOnlyList<SupervisionCase> Cases { get; private set; } = [];

        public IReadOnlyList<SupervisionStep> Steps { get; private set; } = [];

        public IReadOnlyList<SupervisionLetter> Letters { get; private set; } = [];

        public IReadOnlyList<(string Id, DateOnly On)> Expected => expected;

        public IReadOnlyDictionary<string, DateOnly> Due { get; private set; } = new Dictionary<string, DateOnly>();

        public IReadOnlyList<(string Id, DateOnly On)> Met { get; private set; } = [];

        private DateOnly Today => ChinaClock.ToChinaDate(ladder.Office.Time.GetUtcNow().UtcDateTime);

        public async ValueTask InitializeAsync()
        {
            var (opened, today) = (0, new DateOnly(2026, 1, 5));
            while (opened < Count || wake.Count > 0)
            {
                ladder.Office.Time.Set($"{today:yyyy-MM-dd} {lot.Next(8, 20):00}:{lot.Next(60):00}");
                foreach (var id in wake.Where(one => one.Value <= today).Select(one => one.Key).ToList())
                    await Step(id);
                for (var i = lot.Next(3); i > 0 && opened < Count; i--)
                {
                    var warned = await ladder.Warn(lot.Next(2) == 0 ? "U02" : "U09", $"问题{++opened}", $"T{opened}");
                    Owes(SupervisionDeadlines.Answer, warned.CaseId, calendar.After(today, 5));
                    wake[warned.CaseId] = today.AddDays(lot.Next(0, 12));
                }

                today = today.AddDays(1);
            }

            var office = ladder.Office;
            Cases = office.Use(db => db.SupervisionCases.AsNoTracking().ToList());
            Steps = office.Use(db => db.SupervisionSteps.AsNoTracking().ToList());
            Letters = office.Use(db => db.SupervisionLetters.AsNoTracking().ToList());
            var deadlines = office.Use(db => db.Deadlines.AsNoTracking().ToList());
            Due = deadlines.ToDictionary(deadline => deadline.Id, deadline => deadline.DueOn);
            Met = [.. deadlines.Where(deadline => deadline.MetAt is not null && deadline.Kind is SupervisionDeadlines.Letter or SupervisionDeadlines.FollowUp && deadline.MetAt is not null).Select(deadline => (deadline.Id, ChinaClock.ToChinaDate(deadline.MetAt!.Value)))];
        }

        public ValueTask DisposeAsync()
        {
            ladder.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task Step(string id)
        {
            var one = ladder.Case(id);
            var unit = one.UnitId == "U02" ? ladder.Liaison : ladder.TransportLiaison;
            switch (one.Stage)
            {
                case SupervisionStage.Warned:
                    await Warned(one, unit);
                    break;
                case SupervisionStage.Answered:
                    await Answered(one);
                    break;
                case SupervisionStage.LetterDue:
                    await Letter(one);
                    break;
                case SupervisionStage.Rectifying or SupervisionStage.Reported:
                    await Rectify(one, unit);
                    break;
                case SupervisionStage.NotCorrected:
                    await Send(new ReportToGovernment(ladder.Bureau, id));
                    Wake(id, lot.Next(3, 10));
                    break;
                case SupervisionStage.BeforeGovernment:
                    await Send(new RecordDecision(ladder.Bureau, id, $"云政监决〔2026〕{id[5..]}号", one.ReportedOn!.Value, Today));
                    await Send(new RecordMeasure(ladder.Bureau, id, "约谈主要负责人"));
                    Wake(id, lot.Next(1, 20));
                    break;
                default:
                    await Send(new CloseAfterDecision(ladder.Bureau, id, "已执行"));
                    wake.Remove(id);
                    break;
            }
        }

        private async Task Warned(SupervisionCase one, Actor unit)
        {
            var due = ladder.Due(SupervisionDeadlines.Answer, SupervisionDesk.AnswerSubject(one));
            switch (lot.Next(10))
            {
                case 0 when one.TimesExtended == 0:
                    await Send(new AskMoreTime(unit, one.Id, "材料未齐"));
                    await Send(new DecideMoreTime(ladder.Bureau, one.Id, true, ""));
                    Replace(SupervisionDeadlines.Answer, SupervisionDesk.AnswerSubject(one), calendar.After(due, 5));
                    Wake(one.Id, lot.Next(1, 8));
                    break;
                case 1:
                    await Send(new DisputeWarning(unit, one.Id, "事实不符", []));
                    Wake(one.Id, lot.Next(0, 4));
                    break;
                case 2 when Today > due:
                    await Found(one);
                    break;
                case 2:
                    wake[one.Id] = due.AddDays(1);
                    break;
                case 3:
                    await Send(new AddFact(ladder.Bureau, one.Id, "又一次", []));
                    Wake(one.Id, 1);
                    break;
                default:
                    await Send(new AnswerWarning(unit, one.Id, "已改正", ["F1"]));
                    Wake(one.Id, lot.Next(0, 6));
                    break;
            }
        }

        private async Task Answered(SupervisionCase one)
        {
            switch (lot.Next(8))
            {
                case 0 or 1:
                    await Send(new CloseWarning(ladder.Bureau, one.Id, "已核实"));
                    wake.Remove(one.Id);
                    break;
                case 2:
                    await Send(new WithdrawWarning(ladder.Bureau, one.Id, "单位说得对"));
                    wake.Remove(one.Id);
                    break;
                case 3 when one.AnswerRounds < 3:
                    await Send(new SendAnswerBack(ladder.Bureau, one.Id, "请补充佐证"));
                    Owes(SupervisionDeadlines.Answer, $"{one.Id}/{one.AnswerRounds + 1}", calendar.After(Today, 5));
                    Wake(one.Id, lot.Next(0, 8));
                    break;
                default:
                    await Found(one);
                    break;
            }
        }

        private async Task Found(SupervisionCase one)
        {
            await Send(new FindUncorrected(ladder.Bureau, one.Id, "仍未改正"));
            var due = calendar.After(Today, 5);
            Owes(SupervisionDeadlines.Letter, one.Id, due);
            wake[one.Id] = lot.Next(4) == 0 ? due : Today.AddDays(lot.Next(0, due.DayNumber - Today.DayNumber + 1));
        }

        private async Task Letter(SupervisionCase one)
        {
            await Send(new DraftLetter(ladder.Bureau, one.Id, one.Facts, one.Rule, "逐项改正并报送情况"));
            await Send(new IssueLetter(ladder.Bureau, one.Id));
            if (lot.Next(8) == 0 && one.Letters == 0)
            {
                await Send(new VoidLetter(ladder.Bureau, one.Id, "写错了"));
                Owes(SupervisionDeadlines.Letter, $"{one.Id}/2", calendar.After(one.FoundUncorrectedOn!.Value, 5));
                wake[one.Id] = Today;
                await Letter(ladder.Case(one.Id));
                return;
            }

            await Send(new ServeLetter(ladder.Bureau, one.Id));
            var term = calendar.After(Today, 15);
            Owes(SupervisionDeadlines.Receipt, one.Id, calendar.After(Today, 1));
            Owes(SupervisionDeadlines.Rectification, one.Id, term);
            Owes(SupervisionDeadlines.FollowUp, one.Id, calendar.After(term, 5));
            wake[one.Id] = Today.AddDays(lot.Next(0, calendar.After(term, 5).DayNumber - Today.DayNumber + 1));
        }

        private async Task Rectify(SupervisionCase one, Actor unit)
        {
            var (term, check) = (ladder.Due(SupervisionDeadlines.Rectification, one.Id), ladder.Due(SupervisionDeadlines.FollowUp, one.Id));
            var sent = ladder.Office.Use(db => db.SupervisionLetters.Any(letter => letter.SubjectId == one.Id && letter.Number == one.LetterNumber && letter.ReceivedAt != null));
            if (!sent && Today <= term)
            {
                await Send(new AcknowledgeLetter(unit, one.Id));
                if (lot.Next(6) == 0 && Today <= calendar.After(one.ServedOn!.Value, 5))
                {
                    await Send(new ObjectToLetter(unit, one.Id, "有不同意见"));
                    var upheld = lot.Next(3) == 0;
                    await Send(new AnswerObjection(ladder.Bureau, one.Id, upheld, "核对台账"));
                    if (upheld)
                    {
                        wake.Remove(one.Id);
                        return;
                    }
                }
            }

            if (one.Stage == SupervisionStage.Rectifying && Today <= term && lot.Next(2) == 0)
            {
                await Send(new ReportRectified(unit, one.Id, "已整改", ["F2"]));
                wake[one.Id] = lot.Next(2) == 0 ? Today.AddDays(1) : check;
                return;
            }

            if (one.Stage == SupervisionStage.Rectifying && Today <= term)
            {
                wake[one.Id] = term.AddDays(lot.Next(1, check.DayNumber - term.DayNumber + 1));
                return;
            }

            var corrected = Today <= term || lot.Next(2) == 0;
            await Send(new CheckAgain(ladder.Bureau, one.Id, corrected, "查了记录"));
            if (corrected)
                wake.Remove(one.Id);
            else
                Wake(one.Id, lot.Next(0, 5));
        }

        private Task<T> Send<T>(ICommand<T> command) => ladder.Office.Send(command);

        private void Wake(string id, int days) => wake[id] = Today.AddDays(days);

        private void Owes(string kind, string subject, DateOnly on) => expected.Add(($"{kind}:{subject}", on));

        private void Replace(string kind, string subject, DateOnly on)
        {
            expected.RemoveAll(one => one.Id == $"{kind}:{subject}");
            Owes(kind, subject, on);
        }
    }

    /// <summary>Counts days from the notices' own lists, knowing nothing of the service's calendar.</summary>
    private sealed class HandCalendar
    {
        private readonly HashSet<DateOnly> off = [];
        private readonly HashSet<DateOnly> worked = [];

        public HandCalendar()
        {
            foreach (var file in Directory.GetFiles(Testing.Manifests.Path("holidays"), "*.json"))
            {
                using var notice = JsonDocument.Parse(File.ReadAllText(file));
                Gather(notice.RootElement, "");
            }
        }

        public DateOnly After(DateOnly day, int workingDays)
        {
            while (workingDays > 0)
            {
                day = day.AddDays(1);
                if (worked.Contains(day) || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !off.Contains(day)))
                    workingDays--;
            }

            return day;
        }

        private void Gather(JsonElement element, string name)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var member in element.EnumerateObject())
                        Gather(member.Value, member.Name);
                    break;
                case JsonValueKind.Array:
                    foreach (var item in element.EnumerateArray())
                        Gather(item, name);
                    break;
                case JsonValueKind.String when name is "off" or "makeUp" && DateOnly.TryParseExact(element.GetString(), "yyyy-MM-dd", out var day):
                    (name == "off" ? off : worked).Add(day);
                    break;
            }
        }
    }
}
