using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Bot.Demo;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Todo;

namespace Bot.Workbench;

/// <summary>The officials' pages as they are written: Chinese, light, readable on a phone, no script and nothing from elsewhere.</summary>
internal static class WorkbenchPage
{
    public const string Path = Dialogs.Todo.OpenTheWorkbench.Path;
    public const string EnterPath = Path + "/enter";
    public const string LeavePath = Path + "/leave";
    public const string DemoPath = Path + "/demo";

    private const string Style =
        "body{font:17px/1.7 -apple-system,'PingFang SC','Microsoft YaHei',sans-serif;margin:0;background:#f5f6f7;color:#1a1a1a}"
        + "main{max-width:44em;margin:0 auto;padding:1.2em}h1{font-size:1.3em;margin:.2em 0}h2{font-size:1.05em;margin:1.4em 0 .4em}"
        + "ul{list-style:none;margin:0;padding:0}li{background:#fff;border-radius:8px;padding:.7em 1em;margin:.5em 0;overflow-wrap:anywhere}"
        + "li.late{border-left:4px solid #b3261e}small{display:block;color:#555}header form{float:right}"
        + "button{font:inherit;color:#fff;background:#1559a6;border:0;border-radius:8px;padding:.5em 1.2em;min-height:44px}"
        + "button.quiet{color:#1559a6;background:#e8eef6}footer{color:#555;font-size:.85em;margin-top:2em}code{background:#eef1f4;border-radius:4px;padding:.1em .4em}";

    public static string Todo(Actor visitor, TodoList todo)
    {
        var page = new StringBuilder($"""
            <header><form method="post" action="{LeavePath}"><button class="quiet">退出</button></form>
            <h1>今日待办</h1><p>{Encode(visitor.Name)}，今天是{ChineseDates.LongWithWeekday(todo.Today)}。</p></header>
            """);
        var parts = new (string Title, IReadOnlyList<TodoItem> Items)[] { ("已超期", todo.Overdue), ("今天到期", todo.DueToday), ("明天到期", todo.DueTomorrow), ("以后到期", todo.Later) };
        foreach (var (title, items) in parts.Where(part => part.Items.Count > 0))
        {
            page.Append(CultureInfo.InvariantCulture, $"<section><h2>{title}（{items.Count}件）</h2><ul>");
            foreach (var item in items)
                page.Append(Line(item, late: items == todo.Overdue));
            page.Append("</ul></section>");
        }

        if (Array.TrueForAll(parts, part => part.Items.Count == 0))
            page.Append("<p>现在没有待办的事。</p>");
        return Html("今日待办", page.Append("<footer>要办理，请回到企业微信里说上面的话。本页过期后再说“工作台”。</footer>").ToString());
    }

    /// <summary>Whoever opens the link, be it the preview of a chat program, uses nothing up.</summary>
    public static string Enter(string ticket) => Html(
        "进入工作台",
        $"""
        <h1>进入工作台</h1><p>点下面的按钮进入。链接只能用一次，请在自己的设备上打开。</p>
        <form method="post" action="{EnterPath}"><input type="hidden" name="ticket" value="{Encode(ticket)}"><button>进入</button></form>
        """);

    public static string Closed(IEnumerable<Persona> cast, string reason)
    {
        var page = new StringBuilder($"<h1>请先进入</h1><p>{Encode(reason)}</p>");
        if (cast.ToList() is { Count: > 0 } officials)
        {
            page.Append("<h2>演示：选一个人进入</h2><ul>");
            foreach (var persona in officials)
            {
                page.Append(
                    $"""
                    <li><form method="post" action="{DemoPath}"><input type="hidden" name="token" value="{Encode(persona.Token)}"><button>{Encode(persona.Name)}</button><small>{Encode(persona.UnitOrEnterprise)}</small></form></li>
                    """);
            }

            page.Append("</ul>");
        }

        return Html("工作台", page.ToString());
    }

    private static string Line(TodoItem item, bool late)
    {
        var day = ChineseDates.Due(item.DueOn, item.Provisional);
        var due = item.OverdueBy > 0 ? $"应于{day}办结，已超期{item.OverdueBy}个工作日" : $"最迟{day}24时";
        var reason = item.DelayReason is { } said ? $"<small>已说明原因：{Encode(said)}</small>" : "";
        return $"<li{(late ? " class=\"late\"" : "")}>{Encode(item.Title)}<small>{due}</small>{reason}<small>说 <code>打开 {Encode(item.SubjectId)}</code></small></li>";
    }

    private static string Html(string title, string body) =>
        $"""
        <!doctype html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex, nofollow">
        <title>{Encode(title)}</title>
        <style>{Style}</style>
        </head>
        <body><main>{body}</main></body>
        </html>

        """;

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
