using System.Net;
using System.Net.Http.Headers;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.People;
using Bot.Domain.Workbench;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.Web;
using Bot.Tests.Demo;
using Bot.Tests.Hosting;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Unit = Bot.Domain.People.Unit;
using WebClient = Bot.Tests.Channels.Web.WebClient;

namespace Bot.Tests.Workbench;

/// <summary>The officials' page over HTTP: the way in, the session, what the browser is told to keep to.</summary>
public sealed class OpeningTheConsole : IAsyncLifetime
{
    private static readonly Actor Inspector = new("I1", ActorRole.Inspector, "何<安>宁", new Address("wecom", "heanning"), UnitId: "U1");

    private readonly HandTime time = new("2026-11-20 10:00");
    private RunningBot bot = null!;
    private HttpClient browser = null!;

    public async ValueTask InitializeAsync()
    {
        bot = await Instance();
        browser = Browser(bot);
        await Write(db =>
        {
            db.AddRange(
                new Unit("U1", "云澜区应急管理局", Unit.DistrictLevel, "应急管理", "0000-86000200"),
                new Person("I1", "何<安>宁", ActorRole.Inspector, "U1"),
                new ChannelAddress("wecom", "heanning", "I1"));
        });
        await bot.Services.GetRequiredService<Transactions>().Run(
            "test",
            (work, token) =>
            {
                var limit = work.Services.GetRequiredService<Domain.Rules.RulePack>().ResultEntry;
                work.Services.GetRequiredService<DeadlineBook>().Open("task.result", limit, "T305", "任务T305<script>alert(1)</script>的结果", "U1", "I1");
                return work.Services.GetRequiredService<SupervisionDb>().SaveChangesAsync(token);
            },
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await bot.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_session_the_page_says_how_to_get_one()
    {
        using var answer = await browser.GetAsync("/console");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var page = await Text(answer);
        Assert.Contains("请在企业微信里对机器人说“工作台”", page, StringComparison.Ordinal);
        Assert.DoesNotContain("演示", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_at_the_link_uses_nothing_up_and_the_button_lets_in_once()
    {
        var ticket = await Ticket();
        for (var preview = 0; preview < 3; preview++)
            Assert.Contains("<button>进入</button>", await browser.GetStringAsync($"/console/enter?ticket={ticket}"), StringComparison.Ordinal);

        using (var entered = await Enter(browser, ticket))
        {
            Assert.Equal((HttpStatusCode.Redirect, "/console"), (entered.StatusCode, entered.Headers.Location!.ToString()));
            var cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie")).ToLowerInvariant();
            foreach (var part in new[] { "httponly", "samesite=lax", "path=/console", "max-age=28800" })
                Assert.Contains(part, cookie, StringComparison.Ordinal);
            Assert.DoesNotContain("secure", cookie, StringComparison.Ordinal);
        }

        var page = WebUtility.HtmlDecode(await browser.GetStringAsync("/console"));
        Assert.Contains("今日待办", page, StringComparison.Ordinal);
        Assert.Contains("打开 T305", page, StringComparison.Ordinal);
        using var stranger = Browser(bot);
        using var second = await Enter(stranger, ticket);
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
        Assert.Contains("已经用过", await Text(second), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/console")).StatusCode);
    }

    [Fact]
    public async Task What_people_are_called_and_what_they_owe_stays_text()
    {
        using var entered = await Enter(browser, await Ticket());

        var page = await browser.GetStringAsync("/console");

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<安>", page, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        var strange = await browser.GetStringAsync("/console/enter?ticket=%22%3E%3Cscript%3E");
        Assert.DoesNotContain("<script", strange, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/console")]
    [InlineData("/console/enter?ticket=x")]
    public async Task Every_page_tells_the_browser_to_keep_nothing_and_to_load_nothing(string page)
    {
        using var answer = await browser.GetAsync(page);

        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotMatch("(?i)(src|href)=", await Text(answer));
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Another_site_cannot_press_the_button(string header, string value)
    {
        var ticket = await Ticket();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/console/enter") { Content = Form("ticket", ticket) };
        request.Headers.Add(header, value);

        using var refused = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var entered = await Enter(browser, ticket);
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
    }

    [Fact]
    public async Task The_cookie_is_for_https_alone_where_the_service_is()
    {
        await using var secure = await Instance("--PublicUrl=https://bot.example");
        using var other = Browser(secure);

        using var entered = await Enter(other, await Ticket());

        Assert.Contains("secure", Assert.Single(entered.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Another_instance_knows_the_session_and_takes_no_used_ticket()
    {
        await using var beside = await Instance();
        var ticket = await Ticket();
        using var raced = Browser(beside);

        var answers = await Task.WhenAll(Enter(browser, ticket), Enter(raced, ticket));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Unauthorized], answers.Select(answer => answer.StatusCode).Order());
        var cookie = answers.Single(answer => answer.StatusCode == HttpStatusCode.Redirect).Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        foreach (var instance in new[] { bot, beside })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/console");
            request.Headers.Add("Cookie", cookie);
            Assert.Equal(HttpStatusCode.OK, (await instance.Client.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task Signing_out_leaving_and_time_end_it()
    {
        using (await Enter(browser, await Ticket()))
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/console")).StatusCode);
        using (var left = await browser.PostAsync("/console/leave", null))
            Assert.Equal(HttpStatusCode.Unauthorized, left.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/console")).StatusCode);

        using (await Enter(browser, await Ticket()))
            time.Set("2026-11-20 18:00");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/console")).StatusCode);

        using (await Enter(browser, await Ticket()))
            await Send(new StopAccess(Actor.Service, Inspector.Address, time.GetUtcNow().UtcDateTime, AccessEnd.ForNow));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/console")).StatusCode);
    }

    [Fact]
    public async Task Outside_of_a_demonstration_no_persona_gets_in()
    {
        var token = WebClient.For(bot, "I1").Token;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/console");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SendAsync(request)).StatusCode);
        using var posted = await browser.PostAsync("/console/demo", Form("token", token));
        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
    }

    /// <summary>As a visitor of the demonstration has it, in a browser: from the words in the chat to the list, and out again.</summary>
    [Fact]
    public async Task In_the_demonstration_an_official_gets_in_by_the_link_or_by_a_button()
    {
        Installed.OrSkip(Installed.Chromium);
        await using var demo = await DemoBot.Start();
        var client = await demo.Be("I05");
        await client.Start();
        await client.Say("工作台");
        var said = (await client.History()).Select(activity => (string?)activity["text"] ?? "").Last(text => text.Contains("/console/enter", StringComparison.Ordinal));
        var link = said[said.IndexOf("/console/enter", StringComparison.Ordinal)..].Split('\n')[0];
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await Browsers.Launch(playwright);
        var page = await Browsers.Open(chromium, new Uri(demo.Running.Address, link).ToString(), 390, 844);
        var requested = new List<string>();
        page.Request += (_, request) => requested.Add(request.Url);

        await page.GetByRole(AriaRole.Button, new() { Name = "进入" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "今日待办" }).WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "wider than the phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "退出" }).ClickAsync();
        await page.GetByText("已退出工作台").WaitForAsync();
        await page.GotoAsync(new Uri(demo.Running.Address, "/console").ToString());
        await page.GetByRole(AriaRole.Button).First.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "今日待办" }).WaitForAsync();

        Assert.All(requested, url => Assert.StartsWith(demo.Running.Address.ToString(), url, StringComparison.Ordinal));
        using var enterprise = new HttpRequestMessage(HttpMethod.Get, "/console");
        enterprise.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await demo.Be("C001")).Token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await demo.Running.Client.SendAsync(enterprise)).StatusCode);
    }

    private static HttpClient Browser(RunningBot at) => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = at.Address };

    private static FormUrlEncodedContent Form(string name, string value) => new([KeyValuePair.Create(name, value)]);

    private static Task<HttpResponseMessage> Enter(HttpClient with, string ticket) => with.PostAsync("/console/enter", Form("ticket", ticket));

    private static async Task<string> Text(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    private Task<RunningBot> Instance(params string[] settings) => RunningBot.Start(bot?.Folder, services => services.AddSingleton(new ChinaClock(time)), settings: settings);

    private async Task<string> Ticket() => (await Send(new IssueWorkbenchTicket(Inspector))).Ticket;

    private Task<T> Send<T>(IRequest<T> request) => bot.Services.GetRequiredService<Transactions>().Run(
        "test", (work, token) => work.Services.GetRequiredService<IMediator>().Send(request, token), TestContext.Current.CancellationToken);

    private Task Write(Action<SupervisionDb> write) => bot.Services.GetRequiredService<Transactions>().Run(
        "test",
        async (work, token) =>
        {
            var db = work.Services.GetRequiredService<SupervisionDb>();
            write(db);
            return await db.SaveChangesAsync(token);
        },
        TestContext.Current.CancellationToken);
}
