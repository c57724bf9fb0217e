using Bot.Dialogs.FrontDesk;
using Bot.Dialogs.Understanding;

namespace Bot.Turns;

public static class TurnRegistration
{
    /// <summary>Adds <see cref="TakeTurn"/> and the front desk with every conversation. Needs the storage and the domain.</summary>
    public static IServiceCollection AddTurns(this IServiceCollection services)
    {
        services.AddSingleton(_ => new Desk(AllConversations.List, IntentRecogniser.Load(Phrases.Shipped)));
        services.AddSingleton<TakeTurn>();
        services.AddSingleton<TakeLeave>();
        return services;
    }
}
