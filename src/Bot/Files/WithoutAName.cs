using Bot.Domain.Attachments;
using MediatR;

namespace Bot.Files;

public static class EvidenceRegistration
{
    /// <summary>Files are made nameless, and erased, together with the cases they belong to.</summary>
    public static IServiceCollection AddEvidenceFiles(this IServiceCollection services) => services
        .AddScoped<INotificationHandler<FilesWithoutAName>, WithoutAName>()
        .AddScoped<INotificationHandler<FilesErased>, WithoutAName>();
}

/// <summary>Does it at once, before the commit: what is done twice is done once, and what is not committed leaves files that lead to nobody.</summary>
internal sealed class WithoutAName(FileStore files) : INotificationHandler<FilesWithoutAName>, INotificationHandler<FilesErased>
{
    public async Task Handle(FilesWithoutAName notification, CancellationToken cancellationToken)
    {
        foreach (var id in notification.FileIds)
            await files.TakeNameAway(id, cancellationToken);
    }

    public Task Handle(FilesErased notification, CancellationToken cancellationToken)
    {
        foreach (var id in notification.FileIds)
            files.Forget(id);
        return Task.CompletedTask;
    }
}
