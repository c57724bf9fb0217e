using MediatR;

namespace Bot.Domain.Attachments;

/// <summary>Photos and files were handed in without a name: what in them leads to a person, a device or a place goes (W28, C32).</summary>
public sealed record FilesWithoutAName(IReadOnlyList<string> FileIds) : INotification;

/// <summary>The case that these files belonged to is erased: so are they. Told before the commit, so that none of them outlives its case (W28).</summary>
public sealed record FilesErased(IReadOnlyList<string> FileIds) : INotification;
