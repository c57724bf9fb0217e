using Bot.Dialogs.Conversations;

namespace Bot.Testing;

/// <summary>A conversation of ten steps as people hold them, for the size and speed of its journal.</summary>
public static class TenQuestions
{
    public static IReadOnlyList<string> Lines { get; } = ["张三", "2", "2", "昨天下午三点", "城东工业园三楼东侧仓库", "没出示证件，也没有扫码", "1", "两个人，没说要查什么", "13800000000", "是"];

    public static async Task Play(Chat chat)
    {
        await chat.Ask("name", "怎么称呼您？");
        await chat.Choose("named", "实名还是匿名？", new Option("named", "实名"), new Option("anonymous", "匿名"));
        await chat.Choose("unit", "是哪个单位？", new Option("fire", "应急管理局"), new Option("city", "城市管理局"), new Option("eco", "生态环境局"));
        await chat.Ask("day", "发生在哪天？");
        await chat.Ask("place", "在哪里？");
        await chat.Ask("story", "请说说经过。");
        await chat.Choose("harm", "有没有影响生产？", new Option("yes", "有"), new Option("no", "没有"));
        await chat.Ask("people", "来了几个人？");
        await chat.Ask("phone", "留个电话？");
        await chat.Confirm("right", "都对吗？");
        await chat.Review("review", "请看一遍：", [new("name", "姓名", "…")]);
    }
}
