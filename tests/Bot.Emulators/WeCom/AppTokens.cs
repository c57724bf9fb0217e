using System.Security.Cryptography;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeCom;

/// <summary>Tokens of the app, of other apps of the company, and of contact synchronisation: each of its own secret (rules 1, 4, 5).</summary>
public sealed class AppTokens
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(7200);

    private readonly CompanyApp app;
    private readonly AppStrictness strict;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly Dictionary<string, int?> secrets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Standing> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> newest = new(StringComparer.Ordinal);

    internal AppTokens(CompanyApp app, AppStrictness strict, TimeProvider time)
    {
        (this.app, this.strict, this.time) = (app, strict, time);
        secrets[app.Secret] = app.AgentId;
        secrets[app.ContactsSecret] = null;
    }

    /// <summary>Every fetch gives another token instead of the one that still works; older ones go on working.</summary>
    public bool AlwaysNew { get; set; }

    /// <summary>With <see cref="AlwaysNew"/>: older ones stop working at once.</summary>
    public bool OldOnesDie { get; set; }

    /// <summary>The administrator has disabled the app: 50003.</summary>
    public bool AppDisabled { get; set; }

    /// <summary>Addresses that may call; none means everybody. A token is given to anybody, the calls with it are refused.</summary>
    public ISet<string> TrustedAddresses { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How many tokens were handed out anew.</summary>
    public int Issued { get; private set; }

    /// <summary>Another app of the same company, whose tokens are foreign here.</summary>
    public void AddApp(int agentId, string secret)
    {
        lock (gate)
            secrets[secret] = agentId;
    }

    /// <summary>Every token is voided early, as the platform may do: 40014.</summary>
    public void Revoke()
    {
        lock (gate)
        {
            known.Clear();
            newest.Clear();
        }
    }

    /// <summary>Every token reaches the end of its life now: 42001.</summary>
    public void Expire()
    {
        lock (gate)
        {
            foreach (var value in known.Keys.ToArray())
                known[value] = known[value] with { ExpiresAt = time.GetUtcNow() };
            newest.Clear();
        }
    }

    internal (string Value, int ExpiresIn) Fetch(string? corpId, string? secret)
    {
        if (string.IsNullOrEmpty(corpId))
            throw new RefusedException(41002, "corpid missing", rule: 5);
        if (string.IsNullOrEmpty(secret))
            throw new RefusedException(41004, "corpsecret missing", rule: 5);
        if (corpId != app.CorpId)
            throw new RefusedException(40013, "invalid corpid");
        lock (gate)
        {
            if (!secrets.TryGetValue(secret, out var agent))
                throw new RefusedException(40001, "invalid credential");
            if (AppDisabled && agent == app.AgentId)
                throw new RefusedException(50003, "app disabled");
            var now = time.GetUtcNow();
            if (!AlwaysNew && newest.TryGetValue(secret, out var same) && known[same].ExpiresAt > now)
                return (same, (int)(known[same].ExpiresAt - now).TotalSeconds);
            if (OldOnesDie && newest.TryGetValue(secret, out var old))
                known.Remove(old);
            var value = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 214);
            known[value] = new(agent, now + Life);
            newest[secret] = value;
            Issued++;
            return (value, (int)Life.TotalSeconds);
        }
    }

    /// <summary>The app that the token belongs to, none for contact synchronisation.</summary>
    internal int? Check(string? value, string caller)
    {
        if (!strict.Tokens)
            return app.AgentId;
        if (string.IsNullOrEmpty(value))
            throw new RefusedException(41001, "access_token missing", rule: 1);
        lock (gate)
        {
            if (!known.TryGetValue(value, out var standing))
                throw new RefusedException(40014, "invalid access_token");
            if (time.GetUtcNow() >= standing.ExpiresAt)
                throw new RefusedException(42001, "access_token expired");
            if (TrustedAddresses.Count > 0 && !TrustedAddresses.Contains(caller))
                throw new RefusedException(60020, $"not allow to access from your ip, from ip: {caller}");
            if (AppDisabled && standing.AgentId == app.AgentId)
                throw new RefusedException(50003, "app disabled");
            return standing.AgentId;
        }
    }

    private sealed record Standing(int? AgentId, DateTimeOffset ExpiresAt);
}
