using Bot.Channels.Callbacks;

namespace Bot.Channels.WeChat;

/// <summary>What is counted of the official account's callbacks.</summary>
internal sealed class WeChatFigures() : CallbackFigures("wechat");
