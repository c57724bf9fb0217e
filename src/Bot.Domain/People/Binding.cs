namespace Bot.Domain.People;

public enum BindingState
{
    Waiting,
    Active,
    Refused,
    Expired,
    Ended,
}

/// <summary>A person may speak for an enterprise once somebody who already does, or the justice bureau, has agreed (design.md decision 8).</summary>
public sealed class Binding
{
    private Binding()
    {
    }

    public Binding(string id, string personId, string enterpriseId, string contactRole, BindingState state, DateTime requestedAt, DateTime? expiresAt)
    {
        (Id, PersonId, EnterpriseId, ContactRole) = (id, personId, enterpriseId, contactRole);
        (State, RequestedAt, ExpiresAt) = (state, requestedAt, expiresAt);
    }

    public string Id { get; private set; } = "";
    public string PersonId { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";

    /// <summary>法定代表人, 安全/合规负责人 or 办事人员.</summary>
    public string ContactRole { get; private set; } = "";
    public BindingState State { get; private set; }
    public DateTime RequestedAt { get; private set; }
    public DateTime? ExpiresAt { get; private set; }

    public void Move(BindingState state) => State = state;
}
