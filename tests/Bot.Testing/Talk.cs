using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.FrontDesk;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;
using Bot.Storage;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Testing;

/// <summary>
/// Holds a whole conversation as text: the real desk, the real handlers, the real database of an <see cref="Office"/>.
/// <code>
/// using var office = new Office("2026-11-20 10:00");
/// var talk = new Talk(office, office.Person("P1", "张三", ActorRole.EnterpriseUser, enterpriseId: "E1"));
/// Assert.Equal(script, await talk.Play(script));
/// </code>
/// A script is read line by line:
/// <list type="bullet">
/// <item><c>U: 文字</c> is sent; <c>U: [图片]</c>, <c>U: [图片: 名称]</c>, <c>U: [文件: 名称]</c> send evidence, words behind the bracket go with it; <c>U: [表情]</c>, <c>U: [语音]</c>, <c>U: [位置]</c> have no words; <c>U: [扫码: bind_…]</c> is a scanned code.</item>
/// <item><c>B: 文字</c> is one reply; its further lines are indented by three spaces.</item>
/// <item><c>   [a] [b]</c> below a reply shows its buttons. Leave the line out where the buttons do not matter.</item>
/// <item><c>@ 2026-11-24 09:00</c> moves the office's clock (China time).</item>
/// <item><c>※</c> in a line of the bot stands for any characters (a look-up code).</item>
/// </list>
/// <see cref="Play"/> gives the script back with what the bot really said in place of its lines, so that one comparison shows every difference.
/// Every turn is taken twice from its stored state, the first time rolled back; both must say the same, or the conversation is not deterministic.
/// </summary>
public sealed partial class Talk(Office office, Actor visitor, IReadOnlyList<Conversation>? conversations = null)
{
    private static readonly Lazy<IntentRecogniser> Recogniser = new(() => IntentRecogniser.Load(Phrases.Shipped));

    private readonly Desk desk = new(conversations ?? AllConversations.List, Recogniser.Value);
    private int messages;

    /// <summary>What is stored between two messages; a test may change it.</summary>
    public string? Stored { get; set; }

    /// <summary>The address in links; null where the operator has set none.</summary>
    public OwnAddress Pages { get; set; } = new("https://yunlan.example");

    /// <summary>Whether the last turn must not stay in the lasting history.</summary>
    public bool Fleeting { get; private set; }

    /// <summary>Sends one line as a script would and gives the replies.</summary>
    public Task<IReadOnlyList<Reply>> Say(string line) => Take(Message(line));

    /// <summary>Sends one message and gives the texts of the replies, joined by line breaks.</summary>
    public async Task<string> Hear(string line) => string.Join('\n', (await Say(line)).Select(reply => reply.Text));

    /// <summary>Presses a card's button.</summary>
    public Task<IReadOnlyList<Reply>> Press(string step, string value) => Take(Message("") with { Press = new Press(step, value) });

    /// <summary>Sends every <c>U:</c> line of the script and gives the script back with the bot's real words.</summary>
    public async Task<string> Play(string script)
    {
        var expected = script.ReplaceLineEndings("\n").Split('\n');
        var heard = new List<string>();
        foreach (var line in expected)
        {
            if (line.StartsWith("@ ", StringComparison.Ordinal))
            {
                office.Time.Set(line[2..].Trim());
                heard.Add(line);
            }
            else if (line.StartsWith("U: ", StringComparison.Ordinal))
            {
                heard.Add(line);
                foreach (var reply in await Say(line[3..])) Write(reply, heard, expected);
            }
        }

        return string.Join('\n', heard);
    }

    /// <summary>Takes one message, first on trial, then in earnest.</summary>
    public async Task<IReadOnlyList<Reply>> Take(Incoming incoming)
    {
        var trial = await Turn(incoming, keep: false);
        var talked = await Turn(incoming, keep: true);
        var (first, second) = (Plain(trial.Replies), Plain(talked.Replies));
        if (first != second)
            throw new InvalidOperationException($"The same turn gave two answers.\n{first}\n-----\n{second}");
        if (talked.Replies.Count == 0)
            throw new InvalidOperationException($"No answer to “{incoming.Text}”.");
        (Stored, Fleeting) = (talked.State.Write(), talked.Fleeting);
        return talked.Replies;
    }

    private async Task<Talked> Turn(Incoming incoming, bool keep)
    {
        using var scope = office.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<SupervisionDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var world = new Surroundings(visitor, office.Rules, office.Calendars.Current, scope.ServiceProvider.GetRequiredService<IMediator>(), incoming.ReceivedAt) { Pages = Pages };
        var talked = await desk.Take(TalkState.Read(Stored), incoming, world, CancellationToken.None);
        await (keep ? transaction.CommitAsync() : transaction.RollbackAsync());
        return talked;
    }

    private Incoming Message(string line)
    {
        var message = new Incoming(visitor.Address, $"m{++messages}", line, office.Time.GetUtcNow().UtcDateTime);
        var found = Bracket().Match(line);
        if (!found.Success) return message;
        var (kind, name, rest) = (found.Groups[1].Value, found.Groups[2].Value, line[found.Length..].Trim());
        if (kind == "扫码") return message with { Text = rest, Scene = name };
        if (kind is "表情" or "语音" or "位置") return message with { Text = rest, Wordless = kind };
        var type = kind == "图片" ? "image/jpeg" : "application/pdf";
        return message with { Text = rest, Files = [new Evidence($"F{messages}", name.Length > 0 ? name : $"{kind}{messages}", type, 1024)] };
    }

    private static void Write(Reply reply, List<string> heard, string[] expected)
    {
        var lines = $"B: {reply.Text}".ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = i == 0 ? lines[i] : $"   {lines[i]}";
            heard.Add(heard.Count < expected.Length && Fits(expected[heard.Count], line) ? expected[heard.Count] : line);
        }

        var buttons = $"   {string.Join(' ', reply.Actions.Select(action => $"[{action}]"))}";
        if (heard.Count < expected.Length && expected[heard.Count].StartsWith("   [", StringComparison.Ordinal)) heard.Add(buttons);
    }

    private static bool Fits(string expected, string line) =>
        expected.Contains('※', StringComparison.Ordinal) && Regex.IsMatch(line, $"^{Regex.Escape(expected).Replace("※", ".*", StringComparison.Ordinal)}$");

    // A look-up code or a binding code is drawn by lot, and drawn again on the second taking.
    private static string Plain(IEnumerable<Reply> replies) =>
        Code().Replace(string.Join('\n', replies.Select(reply => $"{reply.Text}|{string.Join('|', reply.Actions)}")), "※");

    [GeneratedRegex(@"^\[(图片|文件|扫码|表情|语音|位置)(?:[:：]\s*([^\]]*))?\]")]
    private static partial Regex Bracket();

    /// <summary>What is different each time: the secret of a link, a code.</summary>
    [GeneratedRegex("(?<=[/=])[0-9A-Za-z_-]{43}|[0-9A-Z]{4,5}-[0-9A-Z]{4,5}(?:-[0-9A-Z]{4})?")]
    private static partial Regex Code();
}
