namespace Bot.Dialogs.Understanding;

/// <summary>Who is talking: the same words mean another thing from an official ("退回", "同意").</summary>
public enum Audience
{
    Enterprise,
    Public,
    Observer,
    Inspector,
    Liaison,
    Leader,
    Supervisor,
}
