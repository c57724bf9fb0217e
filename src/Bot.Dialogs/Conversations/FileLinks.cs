namespace Bot.Dialogs.Conversations;

/// <summary>
/// Where those who handle a case see what was handed in with it. Only the random id stands in the address: it says nothing of who sent the file, and it ends with the file (W28).
/// </summary>
internal static class FileLinks
{
    public const string NoAddress = "系统还没有设置访问地址，照片和文件打不开，请联系管理员。";

    /// <summary>A line for each file, beginning with a line break; nothing where there are none.</summary>
    public static string Of(Chat chat, string name, IReadOnlyList<string> fileIds)
    {
        if (fileIds.Count == 0)
            return "";
        return chat.Pages is { } root ? string.Concat(fileIds.Select((id, i) => $"\n{name}{i + 1}：{root}/v3/directline/attachments/{id}")) : $"\n{NoAddress}";
    }
}
