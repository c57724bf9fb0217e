using MediatR;

namespace Bot.Domain.Commands;

/// <summary>Changes state. Checked against <see cref="Permissions"/>, recorded in the audit trail and saved once, all by the pipeline.</summary>
public interface ICommand<out TReceipt> : IRequest<TReceipt>, ICommanded;

/// <summary>Reads. Checked against <see cref="Permissions"/>, changes nothing.</summary>
public interface IQuery<out TAnswer> : IRequest<TAnswer>, ICommanded;

/// <summary>What every command and query carries: who asks.</summary>
public interface ICommanded
{
    Actor By { get; }
}

/// <summary>A command that may be given anonymously: then neither audit row nor record leads back to the person (W28, S06).</summary>
public interface IMayBeAnonymous
{
    bool Anonymous { get; }
}

/// <summary>A command that writes its own audit entries, one for each thing it did, and none when there was nothing to do.</summary>
public interface IRecordsItself;

/// <summary>What a command returns says which case it was about, for the audit trail.</summary>
public interface IReceipt
{
    string Subject { get; }
}
