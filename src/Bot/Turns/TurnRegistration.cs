using Bot.Dialogs.Conversations;
using Bot.Dialogs.FrontDesk;
using Bot.Dialogs.Understanding;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.Turns;

public static class TurnRegistration
{
    /// <summary>Adds <see cref="TakeTurn"/> and the front desk with every conversation. Needs the storage and the domain.</summary>
    public static IServiceCollection AddTurns(this IServiceCollection services)
    {
        services.AddSingleton(_ => new Desk(AllConversations.List, IntentRecogniser.Load(Phrases.Shipped)));
        services.TryAddSingleton(new OwnAddress(null));
        services.AddSingleton<TakeTurn>();
        services.AddSingleton<TakeLeave>();
        return services;
    }
}
