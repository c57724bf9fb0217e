using Bot.Emulators.WeChat;

var stop = new TaskCompletionSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.TrySetResult();
};
await using var platform = await new WeChatPlatform().Start(5090);
Console.WriteLine($"微信公众平台模拟器：{platform.ApiBase}（按 Ctrl+C 停止）");
await stop.Task;
