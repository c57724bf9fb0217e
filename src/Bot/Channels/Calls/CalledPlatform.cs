namespace Bot.Channels.Calls;

/// <summary>
/// A platform that the service calls. <paramref name="Name"/> stands in alarms, figures and rows, <paramref name="Words"/> in what an operator reads;
/// the functions tell what its codes mean, which at the endpoint that gives tokens is not always the same.
/// </summary>
public sealed record CalledPlatform(string Name, string Words, Func<int, PlatformError> ErrorOf, Func<int, PlatformError> AtTokenEndpoint);
