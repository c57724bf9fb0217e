using Bot.Api;
using Bot.Channels.Web;
using Bot.Demo;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Domain.Todo;
using Bot.Domain.Workbench;
using Bot.Storage;
using MediatR;

namespace Bot.Workbench;

/// <summary>
/// The officials' pages. In through a one-time link from the chat; in a demonstration also as one of its officials. What the browser then holds is known by its
/// hash in the database, so that every instance lets it in, and it opens nothing any more as soon as its person may not.
/// </summary>
public static class WorkbenchRoutes
{
    public const string Cookie = "workbench";
    public const int PerMinute = 60;

    private const string Limit = "workbench";
    private const string Html = "text/html; charset=utf-8";
    private const string NoSession = "工作台只能从企业微信进入：请在企业微信里对机器人说“工作台”，点开它发来的链接。链接10分钟内有效，只能用一次。";
    private const string Elsewhere = "请从本页的按钮进入，不要从别的网站提交。";

    public static void AddWorkbench(this IServiceCollection services) =>
        services.AddRateLimiter(limits => limits.AddPolicy(Limit, new FloodLimit(PerMinute)));

    public static void MapWorkbench(this IEndpointRouteBuilder routes, Settings settings)
    {
        var pages = routes.MapGroup("").RequireRateLimiting(Limit).ExcludeFromDescription().AddEndpointFilter(Guarded);
        pages.MapGet(WorkbenchPage.Path, Show);
        pages.MapGet(WorkbenchPage.EnterPath, (string? ticket) => Page(WorkbenchPage.Enter(IsSecret(ticket) ? ticket! : "")));
        pages.MapPost(WorkbenchPage.EnterPath, Enter);
        pages.MapPost(WorkbenchPage.LeavePath, Leave);
        if (settings.Demo)
            pages.MapPost(WorkbenchPage.DemoPath, EnterAsPersona);
    }

    private static async Task<IResult> Show(HttpContext http, IMediator mediator)
    {
        try
        {
            var visitor = await Visitor(http, mediator);
            return Page(WorkbenchPage.Todo(visitor, await mediator.Send(new MyTodo(visitor), http.RequestAborted)));
        }
        catch (RuleBrokenException)
        {
            return await Closed(http, NoSession);
        }
    }

    private static async Task<Actor> Visitor(HttpContext http, IMediator mediator)
    {
        // In a demonstration a program may show a persona's token instead of going through the page.
        if (http.RequestServices.GetService<Personas>() is not null
            && http.Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token]
            && await Persona(http, token) is { } persona)
            return persona;
        return await mediator.Send(new WorkbenchVisitor(Actor.Service, http.Request.Cookies[Cookie] ?? ""), http.RequestAborted);
    }

    private static async Task<IResult> Enter(HttpContext http, Transactions transactions, Settings settings)
    {
        if (await Field(http, "ticket") is not { } ticket || !IsSecret(ticket))
            return await Closed(http, NoSession);
        return await LetIn(http, ticket, transactions, settings);
    }

    private static async Task<IResult> EnterAsPersona(HttpContext http, Transactions transactions, Settings settings)
    {
        if (await Field(http, "token") is not { } token || await Persona(http, token) is not { } persona)
            return await Closed(http, NoSession);
        var issued = await transactions.Run(
            persona.Address.ToString(),
            (work, cancellation) => work.Services.GetRequiredService<IMediator>().Send(new IssueWorkbenchTicket(persona), cancellation),
            http.RequestAborted);
        return await LetIn(http, issued.Ticket, transactions, settings);
    }

    private static async Task<IResult> LetIn(HttpContext http, string ticket, Transactions transactions, Settings settings)
    {
        var former = http.Request.Cookies[Cookie];
        try
        {
            var entered = await transactions.Run(
                $"workbench:{LinkSecret.HashOf(ticket)}",
                (work, token) => work.Services.GetRequiredService<IMediator>().Send(new EnterWorkbench(Actor.Service, ticket, IsSecret(former) ? former : null), token),
                http.RequestAborted);
            http.Response.Cookies.Append(Cookie, entered.Session, Options(http, settings, entered.Until));
            return Results.LocalRedirect(WorkbenchPage.Path, preserveMethod: false);
        }
        catch (RuleBrokenException refused)
        {
            return await Closed(http, refused.Message);
        }
    }

    private static async Task<IResult> Leave(HttpContext http, Transactions transactions, Settings settings)
    {
        if (http.Request.Cookies[Cookie] is { } session && IsSecret(session))
        {
            await transactions.Run(
                $"workbench:{LinkSecret.HashOf(session)}",
                (work, token) => work.Services.GetRequiredService<IMediator>().Send(new LeaveWorkbench(Actor.Service, session), token),
                http.RequestAborted);
        }

        http.Response.Cookies.Delete(Cookie, Options(http, settings, null));
        return await Closed(http, "已退出工作台。要再进入，请在企业微信里说“工作台”。");
    }

    /// <summary>The time is the machine's: the browser's clock knows nothing of a demonstration's.</summary>
    private static CookieOptions Options(HttpContext http, Settings settings, DateTime? until) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps || settings.PublicUrl?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true,
        SameSite = SameSiteMode.Lax,
        Path = WorkbenchPage.Path,
        MaxAge = until - http.RequestServices.GetRequiredService<Domain.Calendar.ChinaClock>().UtcNow,
    };

    /// <summary>The official whom a token of the demonstration's page names; null for anybody else.</summary>
    private static async Task<Actor?> Persona(HttpContext http, string presented)
    {
        var services = http.RequestServices;
        if (services.GetRequiredService<DirectLineTokens>().ReadToken(presented, out var token) != TokenFault.None)
            return null;
        var actor = await services.GetRequiredService<Transactions>().Read((rows, cancellation) => rows.Actor(new Address(WebChannel.ChannelName, token.User), cancellation), http.RequestAborted);
        return actor is { IsOfficial: true, PersonId: not null } ? actor : null;
    }

    private static async Task<IResult> Closed(HttpContext http, string reason)
    {
        var cast = http.RequestServices.GetService<Personas>() is { } personas ? await personas.List(http.RequestAborted) : [];
        return Page(WorkbenchPage.Closed(cast.Where(persona => Enum.Parse<ActorRole>(persona.Role).IsOfficial()), reason), StatusCodes.Status401Unauthorized);
    }

    private static async Task<string?> Field(HttpContext http, string name) =>
        http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))[name].ToString() : null;

    private static bool IsSecret(string? text) => text is { Length: LinkSecret.Length } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static IResult Page(string html, int status = StatusCodes.Status200OK) => Results.Text(html, Html, statusCode: status);

    /// <summary>Headers of every page; and what changes something comes from one of our own pages.</summary>
    private static async ValueTask<object?> Guarded(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (request, headers) = (context.HttpContext.Request, context.HttpContext.Response.Headers);
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        headers["X-Robots-Tag"] = "noindex, nofollow";

        // With no referrer at all, browsers name no origin either when the button is pressed.
        headers["Referrer-Policy"] = "same-origin";
        return HttpMethods.IsPost(request.Method) && !FromOurselves(request)
            ? Page(WorkbenchPage.Closed([], Elsewhere), StatusCodes.Status403Forbidden)
            : await next(context);
    }

    /// <summary>A proxy may ask us under another name than people do.</summary>
    private static bool FromOurselves(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
        && request.Headers.Origin.ToString() is var origin
        && (origin.Length == 0 || Origins.IsOwn(request, origin) || IsPublic(origin, request.HttpContext.RequestServices.GetRequiredService<Settings>()));

    private static bool IsPublic(string origin, Settings settings) =>
        Uri.TryCreate(settings.PublicUrl, UriKind.Absolute, out var own) && string.Equals(origin, own.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
