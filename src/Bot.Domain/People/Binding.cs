using Bot.Domain.Calendar;
using Bot.Domain.Rules;

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

    /// <summary>The last day on which a waiting request can be agreed to; <see cref="ExpiresAt"/> is the midnight after it.</summary>
    public DateOnly? LastDay => ExpiresAt is { } end ? ChinaClock.ToChinaDate(end).AddDays(-1) : null;

    public static readonly Rule StillWaiting = new("这个绑定申请已经处理过了，不用再办。", "D15");
    public static readonly Rule InTime = new("这个绑定申请已经过期失效，对方可以重新申请。", "D15");
    public static readonly Rule NotOneself = new("不能自己同意自己的绑定，请由已登记的联系人或司法局确认。", "D15");

    public void Agree(string byPersonId, DateTime now)
    {
        RequireOpen(byPersonId, now);
        State = BindingState.Active;
    }

    public void Refuse(string byPersonId, DateTime now)
    {
        RequireOpen(byPersonId, now);
        State = BindingState.Refused;
    }

    /// <summary>Nobody agreed in time; the request may be made again.</summary>
    public void Expire()
    {
        if (State == BindingState.Waiting)
            State = BindingState.Expired;
    }

    private void RequireOpen(string byPersonId, DateTime now)
    {
        StillWaiting.Require(State == BindingState.Waiting);
        InTime.Require(ExpiresAt is null || now < ExpiresAt);
        NotOneself.Require(byPersonId != PersonId);
    }

    public void Move(BindingState state) => State = state;
}
