using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Dialogs.Conversations;

/// <summary>What a conversation may know of the world besides its journal; the same for all turns of a message.</summary>
public sealed record Surroundings(Actor Visitor, RulePack Rules, WorkingCalendar Calendar, IMediator Mediator, DateTime UtcNow)
{
    public DateTime ChinaNow => ChinaClock.ToChina(UtcNow);
}

/// <summary>
/// The whole language of a conversation: say, ask, choose, confirm, review, send. A conversation is a plain async method that is run again for
/// each message; recorded answers return at once, recorded commands are not sent again, and the method is suspended at the first question
/// without an answer by a task that never completes (docs/decisions/0002). Nothing else may be awaited in it.
/// </summary>
public sealed class Chat
{
    private const int MostEntries = 200;

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A command's arguments without who gives it: a person's name may change between two messages, the act does not.</summary>
    private static readonly JsonSerializerOptions Arguments = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers =
            {
                info =>
                {
                    foreach (var by in info.Properties.Where(property => property.PropertyType == typeof(Actor)).ToArray())
                        info.Properties.Remove(by);
                },
            },
        },
    };

    private readonly Journal journal;
    private readonly Surroundings world;
    private readonly CancellationToken cancellationToken;
    private readonly TaskCompletionSource suspended = new();
    private readonly Dictionary<string, int> uses = new(StringComparer.Ordinal);
    private readonly List<Reply> replies = [];
    private Said? input;
    private bool live;
    private bool busy;

    internal Chat(Journal journal, Surroundings world, Said? input, bool opening, CancellationToken cancellationToken)
    {
        (this.journal, this.world, this.input, live, this.cancellationToken) = (journal, world, input, opening, cancellationToken);
    }

    /// <summary>Who is talking.</summary>
    public Actor Visitor => world.Visitor;

    /// <summary>The district's numbers. Texts may show them; whether something is asked must not depend on them.</summary>
    public RulePack Rules => world.Rules;

    public WorkingCalendar Calendar => world.Calendar;

    /// <summary>The words that opened this conversation.</summary>
    public string Opening => journal.Opening ?? "";

    /// <summary>China civil time at which this conversation began; stays the same in every replay.</summary>
    public DateTime StartedAt => ChinaClock.ToChina(journal.StartedAt);

    internal IReadOnlyList<Reply> Replies => replies;

    internal Task Suspended => suspended.Task;

    internal Reply? Question { get; private set; }

    internal string? Hint { get; private set; }

    internal bool Consumed { get; private set; }

    internal string? RedoKey { get; private set; }

    internal string? RedoText { get; private set; }

    /// <summary>Says something, once: not again when the method is replayed.</summary>
    public void Say(string text, params IReadOnlyList<string> actions)
    {
        if (live)
            replies.Add(new Reply(text) { Actions = actions });
    }

    public void Say(Reply reply)
    {
        if (live)
            replies.Add(reply);
    }

    /// <summary>Keeps this conversation's turns out of the lasting chat history from here on (anonymous submissions, W28).</summary>
    public void Hide() => journal.Hidden = true;

    /// <summary>Asks for free text. Any text but a global word is the answer.</summary>
    public Task<string> Ask(string key, string question, int longest = 1000, params IReadOnlyList<string> buttons) =>
        Ask(key, question, said => Text(said, longest), takesAnything: true, buttons);

    /// <summary>Asks for something that <paramref name="read"/> understands, or answers with a hint.</summary>
    public Task<T> Ask<T>(string key, string question, Func<Said, Read<T>> read, bool takesAnything = false, params IReadOnlyList<string> buttons) =>
        Ask(key, 0, new Reply(question) { Actions = buttons }, read, takesAnything);

    public Task<T> Ask<T>(string key, Reply question, Func<Said, Read<T>> read, bool takesAnything = false) =>
        Ask(key, 0, question, read, takesAnything);

    /// <summary>One of several; the answer is the option's code. A number counts only as the whole message.</summary>
    public Task<string> Choose(string key, string question, params IReadOnlyList<Option> options) =>
        Choose(key, new Reply(question), options);

    /// <inheritdoc cref="Choose(string, string, IReadOnlyList{Option})"/>
    public Task<string> Choose(string key, Reply question, params IReadOnlyList<Option> options)
    {
        var lines = string.Join(' ', options.Select((option, i) => $"[{i + 1}]{option.Label}"));
        var shown = question with { Text = $"{question.Text}\n{lines}", Actions = [.. options.Select(option => option.Label)] };
        return Ask(key, Shape.Of(options.Select(option => option.Code)), shown, said => Pick(said, options), takesAnything: false);
    }

    /// <summary>Yes or no, in Chinese words.</summary>
    public Task<bool> Confirm(string key, string question, string yes = "是", string no = "否") =>
        Ask(key, 1, new Reply(question) { Actions = [yes, no] }, said => YesOrNo(said, yes, no), takesAnything: false, EntryKind.Confirmation);

    /// <summary>A supplement in words or photos; "没有" gives an empty one. Several messages may follow each other.</summary>
    public async Task<Supplement> AskForMore(string key, string question)
    {
        var texts = new List<string>();
        var files = new List<Evidence>();
        var ask = question;
        while (true)
        {
            var given = await Ask(key, ask, ReadSupplement, takesAnything: true, "没有");
            if (given.Text.Length == 0 && given.Files.Count == 0)
                return new Supplement(string.Join('\n', texts), files);
            if (given.Text.Length > 0)
                texts.Add(given.Text);
            files.AddRange(given.Files);
            if (given.Files.Count == 0)
                return new Supplement(string.Join('\n', texts), files);
            ask = $"收到{files.Count}张，还要补充吗？没有就回复“没有”。";
        }
    }

    /// <summary>
    /// Shows what was understood before anything is sent. True: submit. False: drop. "改第2项" asks that question again and comes back here
    /// with every other answer kept.
    /// </summary>
    public Task<bool> Review(string key, string title, IReadOnlyList<ReviewItem> items, string submit = "提交", string drop = "不提交")
    {
        var lines = string.Join('\n', items.Select((item, i) => $"{i + 1}. {item.Label}：{item.Value}"));
        var question = new Reply($"{title}\n{lines}\n{submit}吗？要修改请说“改第1项”。[1]{submit} [2]修改 [3]{drop}") { Actions = [submit, "修改", drop] };
        var shape = Shape.Of(items.Select(item => item.Label + item.Value));
        return Ask(key, shape, question, said => ReadReview(said, items, submit, drop), takesAnything: false, EntryKind.Confirmation);
    }

    /// <summary>Gives a command, once. A broken rule is recorded too and thrown again in every replay.</summary>
    /// <exception cref="RuleBrokenException">The command was refused; uncaught, its sentence is told to the person and the conversation ends.</exception>
    public async Task<T> Send<T>(ICommand<T> command)
    {
        var key = Numbered("!" + command.GetType().Name);
        var shape = Shape.Of(JsonSerializer.SerializeToUtf8Bytes(command, command.GetType(), Arguments));
        if (Recorded(key, EntryKind.Effect, shape) is { } effect)
            return effect.Value.Deserialize<T>(Json)!;
        if (Recorded(key, EntryKind.Refusal, shape) is { } refusal)
            throw refusal.Value.Deserialize<Refused>(Json)!.Again();

        Enter();
        try
        {
            var receipt = await world.Mediator.Send(command, cancellationToken);
            Record(key, EntryKind.Effect, shape, receipt);
            return receipt;
        }
        catch (RuleBrokenException broken)
        {
            Record(key, EntryKind.Refusal, shape, new Refused(broken.Rule.Sentence, broken.Rule.Clause, broken.Message));
            throw;
        }
        finally
        {
            live = true;
            busy = false;
        }
    }

    /// <summary>Asks the domain something. Not recorded: each replay sees the present state, and a choice over it notices when it changed.</summary>
    public async Task<T> Look<T>(IQuery<T> query)
    {
        Enter();
        var answer = await world.Mediator.Send(query, cancellationToken);
        busy = false;
        return answer;
    }

    private Task<T> Ask<T>(string key, uint shape, Reply question, Func<Said, Read<T>> read, bool takesAnything, EntryKind kind = EntryKind.Answer)
    {
        var numbered = Numbered(key);
        if (Recorded(numbered, kind, shape) is { } entry)
            return Task.FromResult(entry.Value.Deserialize<T>(Json)!);

        Enter();
        if (input is { } said)
        {
            input = null;
            var understood = read(said);
            if (understood.Understood)
            {
                Record(numbered, kind, shape, understood.Value);
                (live, Consumed, busy) = (true, true, false);
                return Task.FromResult(understood.Value!);
            }

            Hint = understood.Hint;
        }

        (journal.Pending, journal.PendingTakesAnything, Question) = (numbered, takesAnything, question);
        suspended.TrySetResult();

        // Only the suspended method refers to this task, so both are collected together when the turn is over.
        return new TaskCompletionSource<T>().Task;
    }

    private void Enter()
    {
        if (busy)
            throw new InvalidOperationException("A conversation asked two things at once.");
        busy = true;
    }

    private string Numbered(string key)
    {
        var use = uses[key] = uses.GetValueOrDefault(key) + 1;
        return use == 1 ? key : $"{key}#{use}";
    }

    private JournalEntry? Recorded(string key, EntryKind kind, uint shape)
    {
        foreach (var entry in journal.Entries)
        {
            if (entry.Kind == kind && entry.Shape == shape && entry.Key == key)
                return entry;
        }

        return null;
    }

    private void Record<T>(string key, EntryKind kind, uint shape, T value)
    {
        if (journal.Entries.Count >= MostEntries)
            throw new InvalidOperationException("A conversation has grown past all measure.");
        journal.Entries.RemoveAll(entry => entry.Key == key);
        journal.Entries.Add(new JournalEntry(key, kind, shape, JsonSerializer.SerializeToElement(value, Json)));
    }

    private static Read<string> Text(Said said, int longest)
    {
        if (said.Files.Count > 0 && said.Text.Length == 0)
            return Read.No<string>("图片收到了。请再用文字说一下，我才好登记。");
        if (said.Text.Length == 0)
            return Read.No<string>("请用文字说一下。");
        return said.Text.Length > longest ? Read.No<string>($"这段有{said.Text.Length}字，请控制在{longest}字以内。") : said.Text;
    }

    private static Read<string> Pick(Said said, IReadOnlyList<Option> options)
    {
        if (Numbers.Choice(said.Text, options.Count) is { } number)
            return options[number - 1].Code;
        var exact = options.FirstOrDefault(option => option.Label == said.Text || option.Also.Contains(said.Text, StringComparer.Ordinal));
        if (exact is not null)
            return exact.Code;

        // A word of the option inside a short answer ("生态环境的"); two options that fit are no answer.
        var fitting = said.Text.Length > 15
            ? []
            : options.Where(option => option.Also.Append(option.Label).Any(word => word.Length > 1 && said.Text.Contains(word, StringComparison.Ordinal))).Take(2).ToArray();
        return fitting.Length == 1
            ? fitting[0].Code
            : Read.No<string>($"没听明白，请回复1到{options.Count}的数字，或点下面的按钮。");
    }

    private static Read<bool> YesOrNo(Said said, string yes, string no)
    {
        if (said.Text == yes || Numbers.Choice(said.Text, 2) == 1)
            return true;
        if (said.Text == no || Numbers.Choice(said.Text, 2) == 2)
            return false;
        return YesNo.Of(said.Text) is { } answer ? answer : Read.No<bool>($"请回复“{yes}”或“{no}”。");
    }

    private static Read<Supplement> ReadSupplement(Said said)
    {
        if (said.Files.Count > 0)
            return new Supplement(said.Text, said.Files);
        if (said.Text.Length == 0)
            return Read.No<Supplement>("请补充文字或照片，没有就回复“没有”。");
        return new Supplement(YesNo.Of(said.Text) == false || said.Text is "提交" or "没有了" or "就这些" ? "" : said.Text, []);
    }

    private Read<bool> ReadReview(Said said, IReadOnlyList<ReviewItem> items, string submit, string drop)
    {
        if (Corrections.Of(said.Text, items.Count) is { } correction)
            return Redo(items[correction.Item - 1].Key, correction.Value);
        if (items.FirstOrDefault(item => item.Claims?.Invoke(said.Text) == true) is { } claimed)
            return Redo(claimed.Key, said.Text);
        if (said.Text == submit || Numbers.Choice(said.Text, 3) == 1)
            return true;
        if (said.Text == drop || Numbers.Choice(said.Text, 3) == 3)
            return false;
        if (said.Text is "修改" or "改" or "改一下" || Numbers.Choice(said.Text, 3) == 2)
            return Read.No<bool>(items.Count == 1 ? "要改请回复“改第1项”。" : $"要改哪一项？请回复“改第1项”到“改第{items.Count}项”。");
        return YesNo.Of(said.Text) is { } answer ? answer : Read.No<bool>($"请回复“{submit}”“改第几项”或“{drop}”。");
    }

    private Read<bool> Redo(string key, string? text)
    {
        (RedoKey, RedoText) = (key, string.IsNullOrWhiteSpace(text) ? null : text);
        return Read.No<bool>("");
    }

    private sealed record Refused(string Sentence, string Clause, string Message)
    {
        public RuleBrokenException Again() => new(new Rule(Sentence, Clause), Message);
    }
}
