using Bot.Channels.Callbacks;

namespace Bot.Channels.WeCom;

/// <summary>What is counted of the callbacks of the app in WeCom.</summary>
internal sealed class WeComFigures() : CallbackFigures("wecom");
