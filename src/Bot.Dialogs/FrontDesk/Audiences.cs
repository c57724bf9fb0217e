using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;

namespace Bot.Dialogs.FrontDesk;

internal static class Audiences
{
    public static Audience Of(ActorRole role) => role switch
    {
        ActorRole.EnterpriseUser => Audience.Enterprise,
        ActorRole.Inspector => Audience.Inspector,
        ActorRole.UnitLeader => Audience.Leader,
        ActorRole.UnitLiaison => Audience.Liaison,
        ActorRole.Supervisor => Audience.Supervisor,
        ActorRole.LegalObserver => Audience.Observer,
        _ => Audience.Public,
    };
}
