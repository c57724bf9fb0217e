using System.Collections.Frozen;
using System.Reflection;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Commands;

/// <summary>
/// Which roles may give a command or ask a query. Stands on the command itself; without it nobody may (refuse by default).
/// With no role named, only the service itself may.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AllowedAttribute(params ActorRole[] roles) : Attribute
{
    public IReadOnlyList<ActorRole> Roles { get; } = roles;
}

/// <summary>The table role × command, read from the commands themselves.</summary>
public static class Permissions
{
    public static readonly Rule OnlyByRole = new("您的身份不能办理这件事。", "D15") { Boundary = true };

    public static FrozenDictionary<Type, FrozenSet<ActorRole>> Table { get; } = typeof(Permissions).Assembly.GetTypes()
        .Where(type => typeof(ICommanded).IsAssignableFrom(type) && !type.IsInterface)
        .ToFrozenDictionary(
            type => type,
            type => (type.GetCustomAttribute<AllowedAttribute>()?.Roles ?? []).ToFrozenSet());

    public static bool May(ActorRole role, Type command) => Table.TryGetValue(command, out var roles) && roles.Contains(role);
}

/// <summary>Refuses a command that the asker's role may not give, before its handler is reached.</summary>
public sealed class Permitted<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (request is ICommanded { By: var by } && by != Actor.Service)
            Permissions.OnlyByRole.Require(Permissions.May(by.Role, request.GetType()), "您的身份不能办理这件事，需要帮助请回复“人工”。");
        return next();
    }
}
