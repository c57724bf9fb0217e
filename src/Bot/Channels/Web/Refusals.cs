using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Channels.Web;

/// <summary>
/// A Direct Line request is refused. 403 ends the official clients for good, so it is kept for tokens; a message that is not taken is 400,
/// which they show as 发送失败 with a way to try again.
/// </summary>
public sealed class DirectLineRefusedException(int status, string code, string detail) : Exception(detail)
{
    public int Status => status;

    public string Code => code;

    public static DirectLineRefusedException NoToken() =>
        new(StatusCodes.Status401Unauthorized, "MissingToken", "请求里没有令牌，请刷新页面重新进入。");

    public static DirectLineRefusedException BadToken(TokenFault fault) => fault == TokenFault.Expired
        ? new(StatusCodes.Status403Forbidden, "TokenExpired", "令牌已过期，请刷新页面重新进入。")
        : new(StatusCodes.Status403Forbidden, "BadToken", "令牌无效，请刷新页面重新进入。");

    public static DirectLineRefusedException NotHere() =>
        new(StatusCodes.Status404NotFound, "NotFound", "没有这个会话，或者它不属于您。请刷新页面重新进入。");

    public static DirectLineRefusedException BadMessage(string detail) =>
        new(StatusCodes.Status400BadRequest, "BadArgument", detail);
}

/// <summary>Answers refusals as problem documents that also carry the error member of the Direct Line protocol.</summary>
internal static class Refusals
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (DirectLineRefusedException refused)
        {
            return Answer(refused.Status, refused.Code, refused.Message);
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Answer(StatusCodes.Status400BadRequest, "MessageSizeTooBig", "内容太大，没有收下。图片请压缩到 10 MB 以内再发。");
        }
    }

    public static IResult Answer(int status, string code, string detail) =>
        Results.Json(
            new ProblemDetails
            {
                Status = status,
                Title = code,
                Detail = detail,
                Extensions = { ["error"] = new { code, message = detail } },
            },
            Json,
            "application/problem+json; charset=utf-8",
            status);
}
