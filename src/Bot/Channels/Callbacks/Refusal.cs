using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bot.Channels.Callbacks;

/// <summary>Why a callback was refused. For our own figures: the caller is told no more than a status.</summary>
internal enum Refusal
{
    None,
    Parameters,
    Timestamp,
    Signature,
    BodySignature,
    NotEncrypted,
    Envelope,

    /// <summary>Made out by the platform, but for another company or app.</summary>
    Foreign,
    Malformed,
    TooLarge,
    Method,

    /// <summary>Not refused but left alone: JSON, which the platforms do not send to where they were told XML.</summary>
    Json,
}

/// <summary>What a refused caller is told: the status and one general sentence, ready to be written.</summary>
internal static class Refused
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly byte[] BadRequest = Problem(StatusCodes.Status400BadRequest, "Bad Request", "请求的内容不对，请检查后再试。");
    private static readonly byte[] Forbidden = Problem(StatusCodes.Status403Forbidden, "Forbidden", "没有权限做这件事。");
    private static readonly byte[] NotAllowed = Problem(StatusCodes.Status405MethodNotAllowed, "Method Not Allowed", "这个地址不支持这种请求方法。");
    private static readonly byte[] TooLarge = Problem(StatusCodes.Status413PayloadTooLarge, "Payload Too Large", "内容太大，请减小后再试。");

    public static int Status(Refusal refusal) => refusal switch
    {
        Refusal.Parameters or Refusal.Malformed => StatusCodes.Status400BadRequest,
        Refusal.TooLarge => StatusCodes.Status413PayloadTooLarge,
        Refusal.Method => StatusCodes.Status405MethodNotAllowed,
        _ => StatusCodes.Status403Forbidden,
    };

    public static Task Answer(HttpContext http, Refusal refusal)
    {
        var response = http.Response;
        response.StatusCode = Status(refusal);
        var problem = response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => BadRequest,
            StatusCodes.Status405MethodNotAllowed => NotAllowed,
            StatusCodes.Status413PayloadTooLarge => TooLarge,
            _ => Forbidden,
        };
        if (refusal == Refusal.Method)
            response.Headers.Allow = "GET, POST";
        response.ContentType = "application/problem+json";
        response.ContentLength = problem.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : response.BodyWriter.WriteAsync(problem).AsTask();
    }

    private static byte[] Problem(int status, string title, string detail) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
        new { type = "about:blank", title, status, detail },
        Readable));
}
