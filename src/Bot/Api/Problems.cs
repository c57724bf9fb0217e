using System.Text.Encodings.Web;

namespace Bot.Api;

/// <summary>Errors are RFC 9457 problem documents whose Chinese detail says what to do; a failure inside is logged and never shown.</summary>
public static class Problems
{
    public static IResult BadRequest(string detail) =>
        Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "请求有误");

    public static void AddProblems(this IServiceCollection services)
    {
        // Chinese as it is read; every answer is JSON with its own content type, never a part of a page.
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            var problem = context.ProblemDetails;
            problem.Detail ??= Detail(problem.Status ?? context.HttpContext.Response.StatusCode);
            problem.Extensions.Remove("traceId");
        });
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = exception => exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException or OperationCanceledException,
        });
        app.UseStatusCodePages();
    }

    private static string Detail(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "请求的内容不对，请检查后再试。",
        StatusCodes.Status401Unauthorized => "需要凭证，请在 Authorization 里带上。",
        StatusCodes.Status403Forbidden => "没有权限做这件事。",
        StatusCodes.Status404NotFound => "没有这个地址，请检查网址。",
        StatusCodes.Status405MethodNotAllowed => "这个地址不支持这种请求方法。",
        StatusCodes.Status413PayloadTooLarge => "内容太大，请减小后再试。",
        StatusCodes.Status415UnsupportedMediaType => "不支持这种内容类型，请用 JSON。",
        StatusCodes.Status503ServiceUnavailable => "服务正在准备，请稍后再试。",
        >= StatusCodes.Status500InternalServerError => "服务出了问题，已经记录，请稍后再试。",
        _ => "请求没有办成，请检查后再试。",
    };
}
