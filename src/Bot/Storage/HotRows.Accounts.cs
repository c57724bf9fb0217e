using Bot.Domain.Commands;

namespace Bot.Storage;

/// <summary>What is kept of an account on WeCom besides the registry's rows, when it is lost or gets another id.</summary>
public sealed partial class HotRows
{
    /// <summary>Whoever lost the account is not talked to any more: the open talk goes, what was to be sent, and the cards.</summary>
    public async Task EndTalk(Address account, CancellationToken cancellationToken)
    {
        await Command(Statement.ForgetTalkAtOnce, account.Channel, account.ExternalId).ExecuteNonQueryAsync(cancellationToken);
        await Command(Statement.ForgetLateRepliesOf, account.Channel, account.ExternalId).ExecuteNonQueryAsync(cancellationToken);
        await Command(Statement.ForgetCardsOf, account.ExternalId).ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The talk, what is to be sent and the cards follow the person to the new id.</summary>
    public async Task MoveTalk(Address account, string newId, CancellationToken cancellationToken)
    {
        await Command(Statement.ForgetTalkAtOnce, account.Channel, newId).ExecuteNonQueryAsync(cancellationToken);
        await Command(Statement.MoveTalk, account.Channel, account.ExternalId, newId).ExecuteNonQueryAsync(cancellationToken);
        await Command(Statement.MoveLateReplies, account.Channel, account.ExternalId, newId).ExecuteNonQueryAsync(cancellationToken);
        await Command(Statement.MoveCards, account.ExternalId, newId).ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed partial class Statement
    {
        public static readonly Statement MoveTalk = new("UPDATE talk_states SET external_id = @p3 WHERE channel = @p1 AND external_id = @p2", Text, Text, Text);

        public static readonly Statement MoveLateReplies = new("UPDATE late_replies SET external_id = @p3 WHERE channel = @p1 AND external_id = @p2", Text, Text, Text);

        public static readonly Statement MoveCards = new("UPDATE wecom_cards SET user_id = @p2 WHERE user_id = @p1", Text, Text);
    }
}
