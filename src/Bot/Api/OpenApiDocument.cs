namespace Bot.Api;

public static class OpenApiDocument
{
    private const string Name = "v1";

    /// <summary>The description of <c>/api</c> for those who integrate; made when somebody asks for it.</summary>
    public static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(Name, options =>
        {
            options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "涉企检查服务助手 API";
                document.Info.Version = "1";
                return Task.CompletedTask;
            });
        });

    public static void MapApiDocument(this WebApplication app) => app.MapOpenApi("/api/openapi.json").ExcludeFromDescription();
}
