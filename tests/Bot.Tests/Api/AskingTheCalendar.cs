using System.Net;
using System.Text.Json.Nodes;
using Bot.Tests.Hosting;

namespace Bot.Tests.Api;

/// <summary>The open endpoints of the contract: no key, exact shapes, problems in Chinese.</summary>
public sealed class AskingTheCalendar : IAsyncLifetime
{
    private RunningBot bot = null!;

    public async ValueTask InitializeAsync() => bot = await RunningBot.Start();

    public ValueTask DisposeAsync() => bot.DisposeAsync();

    [Theory]
    [InlineData("2026-02-13T16:00:00%2B08:00", 2, "2026-02-24", "2026-02-14,2026-02-24")]
    [InlineData("2026-02-13T16:00%2B08:00", 2, "2026-02-24", "2026-02-14,2026-02-24")]
    [InlineData("2026-02-12T16:30:00Z", 1, "2026-02-14", "2026-02-14")]
    [InlineData("2026-03-02T09:00:00.5%2B08:00", 0, "2026-03-02", "")]
    public async Task A_deadline_names_the_days_that_were_counted(string from, int workingDays, string due, string counted)
    {
        var answer = await Get($"/api/calendar/deadline?from={from}&workingDays={workingDays}");

        Assert.Equal(due, (string?)answer["due"]);
        Assert.Equal(counted, string.Join(',', answer["counted"]!.AsArray().Select(day => (string?)day)));
        Assert.False((bool)answer["provisional"]!);
    }

    [Fact]
    public async Task A_year_without_its_notice_gives_a_provisional_day()
    {
        var answer = await Get("/api/calendar/deadline?from=2031-05-06T10:00:00%2B08:00&workingDays=2");

        Assert.True((bool)answer["provisional"]!);
    }

    [Theory]
    [InlineData("deadline?workingDays=2")]
    [InlineData("deadline?from=2026-02-13&workingDays=2")]
    [InlineData("deadline?from=2026-02-13T16:00:00&workingDays=2")]
    [InlineData("deadline?from=2026-02-13T16:00:00%2B08:00")]
    [InlineData("deadline?from=2026-02-13T16:00:00%2B08:00&workingDays=-1")]
    [InlineData("deadline?from=2026-02-13T16:00:00%2B08:00&workingDays=2.5")]
    [InlineData("deadline?from=2026-02-13T16:00:00%2B08:00&workingDays=999999999999")]
    [InlineData("deadline?from=9999-12-31T23:59:00-08:00&workingDays=2")]
    [InlineData("deadline?from=0001-01-01T00:00:00%2B08:00&workingDays=2")]
    [InlineData("days?from=2026-02-01")]
    [InlineData("days?from=2026-02-30&to=2026-03-01")]
    [InlineData("days?from=2026-03-01&to=2026-02-01")]
    [InlineData("days?from=2001-01-01&to=2099-01-01")]
    public async Task A_wrong_question_is_a_problem_that_says_what_to_write(string question)
    {
        using var response = await bot.Client.GetAsync("/api/calendar/" + question);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["detail"]);
    }

    [Fact]
    public async Task Each_day_says_what_it_is_and_why()
    {
        var days = (await Get("/api/calendar/days?from=2026-02-14&to=2026-02-16")).AsArray();

        Assert.Equal(3, days.Count);
        Assert.True((bool)days[0]!["working"]!);
        Assert.Contains("调休", (string?)days[0]!["why"], StringComparison.Ordinal);
        Assert.False((bool)days[1]!["working"]!);
        Assert.Equal("春节", (string?)days[1]!["why"]);
    }

    [Fact]
    public async Task The_document_describes_the_open_routes()
    {
        var document = await Get("/api/openapi.json");

        Assert.NotNull(document["paths"]!["/api/calendar/deadline"]);
        Assert.NotNull(document["paths"]!["/api/calendar/days"]);
    }

    [Fact]
    public async Task An_address_that_is_not_there_is_a_problem_document()
    {
        using var response = await bot.Client.GetAsync("/api/nothing");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private async Task<JsonNode> Get(string address) => JsonNode.Parse(await bot.Client.GetStringAsync(address))!;
}
