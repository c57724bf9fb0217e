using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.Channels.Photos;

internal static class PicturesRegistration
{
    /// <summary><see cref="Pictures"/> that come by one platform more; one loop fetches those of all.</summary>
    public static void AddPicturesFrom<TApi>(this IServiceCollection services, Func<TApi, PictureSource> source)
        where TApi : class
    {
        services.AddSingleton(provider => source(provider.GetRequiredService<TApi>()));
        services.TryAddSingleton<Pictures>();
        if (services.Any(service => service.ServiceType == typeof(FetchPictures)))
            return;
        services.AddSingleton<FetchPictures>();
        services.AddHostedService(provider => provider.GetRequiredService<FetchPictures>());
    }
}
