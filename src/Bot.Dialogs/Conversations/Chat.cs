using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Dialogs.Conversations;

/// <summary>What a conversation may know of the world besides its journal; the same for all turns of a message.</summary>
public sealed record Surroundings(Actor Visitor, RulePack Rules, WorkingCalendar Calendar, IMediator Mediator, DateTime UtcNow)
{
    public DateTime ChinaNow => ChinaClock.ToChina(UtcNow);

    /// <summary>Where the service's pages are found.</summary>
    public OwnAddress Pages { get; init; } = new(null);
}

/// <summary>The address in links; null when the operator has set none, so that no link can be given.</summary>
public sealed record OwnAddress(string? Root);

/// <summary>
/// The whole language of a conversation: say, ask, choose, confirm, review, send. A conversation is a plain async method that is run again for
/// each message; recorded answers return at once, recorded commands are not sent again, and the method is suspended at the first question
/// without an answer by a task that never completes (docs/decisions/0002). Nothing else may be awaited in it.
/// </summary>
public sealed class Chat
{
    private const int MostEntries = 200;

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
    private readonly List<JournalEntry> touched = [];
    private readonly Turn turn;
    private Said? input;
    private bool live;
    private bool attachmentsTaken;

    internal Chat(Journal journal, Surroundings world, Turn turn, CancellationToken cancellationToken)
    {
        (this.journal, this.world, this.turn, this.cancellationToken) = (journal, world, turn, cancellationToken);
        (input, live) = (turn.Input, turn.Opening || journal.FailedAfter is "");
    }

    /// <summary>Who is talking.</summary>
    public Actor Visitor => world.Visitor;

    /// <summary>The district's numbers. Texts may show them; whether something is asked must not depend on them.</summary>
    public RulePack Rules => world.Rules;

    public WorkingCalendar Calendar => world.Calendar;

    /// <summary>The address in links to the service's own pages, without a slash at its end; null when none is set.</summary>
    public string? Pages => world.Pages.Root;

    /// <summary>The words that opened this conversation, at most 500 characters of them.</summary>
    public string Opening => journal.Opening;

    /// <summary>Photos and files that came before a question for them; <see cref="AskForMore"/> adds them by itself.</summary>
    public IReadOnlyList<Evidence> Attachments => journal.Attachments;

    /// <summary>China civil time at which this conversation began; stays the same in every replay.</summary>
    public DateTime StartedAt => ChinaClock.ToChina(journal.StartedAt);

    internal IReadOnlyList<Reply> Replies => replies;

    /// <summary>The entries that this run came past, in the order of the talk; what lies parked from another branch is not among them.</summary>
    internal IReadOnlyList<JournalEntry> Touched => touched;

    internal Task Suspended => suspended.Task;

    internal Reply? Question { get; private set; }

    internal string? Hint { get; private set; }

    internal bool Consumed { get; private set; }

    /// <summary>The question that the input was meant for is not the one that is open now: the conversation or its facts have changed.</summary>
    internal bool Moved { get; private set; }

    internal ReviewItem? Again { get; private set; }

    internal string? AgainWith { get; private set; }

    /// <summary>A question is open or a command under way.</summary>
    internal bool Busy { get; private set; }

    /// <summary>How many operations were begun, so that a watcher sees whether anything moves.</summary>
    internal int Operations { get; private set; }

    /// <summary>A mistake in the conversation that its own tasks may have swallowed.</summary>
    internal Exception? Fault { get; private set; }

    /// <summary>A command or query failed for a reason that is not the conversation's: the whole turn is to be rolled back.</summary>
    internal bool Interrupted { get; private set; }

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

    /// <summary>Says something in any case: why a conversation could not go on.</summary>
    internal void Tell(string text) => replies.Add(new Reply(text));

    /// <summary>Keeps this conversation's turns out of the lasting chat history from here on (anonymous submissions, W28).</summary>
    public void Hide() => journal.Hidden = true;

    /// <summary>
    /// Takes what the opening has said already as the answer to a free question (one that <see cref="Ask{T}(string, string, Func{Said, Read{T}}, bool, IReadOnlyList{string})"/>
    /// asks), so that it is not asked. A correction asks for it all the same.
    /// </summary>
    public void Known<T>(string key, T value) => Known(key, Shape.Free, value);

    /// <summary>The same for a choice.</summary>
    public void Known(string key, string code, IReadOnlyList<Option> options) => Known(key, Shape.Of(options), code);

    private void Known<T>(string key, uint shape, T value)
    {
        if (journal.Pending == key || turn.Key == key || journal.Find(key, EntryKind.Answer, shape) is not null)
            return;
        journal.Entries.RemoveAll(entry => entry.Key == key);
        journal.Entries.Add(new JournalEntry(key, EntryKind.Answer, shape, RecordedValue.Write(value)));
    }

    /// <summary>Asks for free text. Any text but a global word is the answer.</summary>
    public Task<string> Ask(string key, string question, int longest = 1000, params IReadOnlyList<string> buttons) =>
        Ask(key, question, said => Answers.Text(said, longest), takesAnything: true, buttons);

    /// <summary>Asks for something that <paramref name="read"/> understands, or answers with a hint.</summary>
    public Task<T> Ask<T>(string key, string question, Func<Said, Read<T>> read, bool takesAnything = false, params IReadOnlyList<string> buttons) =>
        Ask(key, Shape.Free, () => new Reply(question) { Actions = buttons }, read, takesAnything);

    public Task<T> Ask<T>(string key, Reply question, Func<Said, Read<T>> read, bool takesAnything = false) =>
        Ask(key, Shape.Free, () => question, read, takesAnything);

    /// <summary>One of several; the answer is the option's code. A number counts only as the whole message.</summary>
    public Task<string> Choose(string key, string question, params IReadOnlyList<Option> options) =>
        Choose(key, new Reply(question), options);

    /// <inheritdoc cref="Choose(string, string, IReadOnlyList{Option})"/>
    public Task<string> Choose(string key, Reply question, params IReadOnlyList<Option> options)
    {
        return Ask(key, Shape.Of(options), Shown, said => Answers.Choice(said, options), takesAnything: false);

        Reply Shown() => question with
        {
            Text = $"{question.Text}\n{string.Join(' ', options.Select((option, i) => $"[{i + 1}]{option.Label}"))}",
            Actions = [.. options.Select(option => option.Label)],
        };
    }

    /// <summary>Yes or no, in Chinese words.</summary>
    public Task<bool> Confirm(string key, string question, string yes = "是", string no = "否") =>
        Ask(key, 1, () => new Reply(question) { Actions = [yes, no] }, said => Answers.YesOrNo(said, yes, no), takesAnything: false, EntryKind.Confirmation);

    /// <summary>A supplement in words or photos; "没有" gives an empty one. Several messages may follow each other.</summary>
    /// <param name="key">Its name in the journal.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="refuse">Why something is not taken, for what must not be kept; null takes it.</param>
    public async Task<Supplement> AskForMore(string key, string question, Func<Said, string?>? refuse = null)
    {
        var texts = new List<string>();
        var files = new List<Evidence>();
        if (!attachmentsTaken)
            files.AddRange(journal.Attachments);
        attachmentsTaken = true;
        var ask = files.Count > 0 ? $"已收到{files.Count}张图片。{question}" : question;
        while (true)
        {
            var given = await Ask(key, ask, said => refuse?.Invoke(said) is { } why ? new Supplement("", []) { Refused = why } : Answers.Supplement(said), takesAnything: true, "没有");
            if (given.Refused is { } refused)
            {
                ask = $"{refused}\n{question}";
                continue;
            }

            if (given.Text.Length > 0)
                texts.Add(given.Text);
            if (given.Files.Count == 0)
                return new Supplement(string.Join('\n', texts), files);
            files.AddRange(given.Files);
            ask = $"收到{files.Count}张，还要补充吗？没有就回复“没有”。";
        }
    }

    /// <summary>
    /// Shows what was understood before anything is sent. True: submit. False: drop. "改第2项" asks that question again and comes back here
    /// with every other answer kept.
    /// </summary>
    public Task<bool> Review(string key, string title, IReadOnlyList<ReviewItem> items, string submit = "提交", string drop = "不提交")
    {
        return Ask(key, Shape.Of(items), Shown, ReadReview, takesAnything: false, EntryKind.Confirmation);

        Reply Shown() => new($"{title}\n{string.Join('\n', items.Select((item, i) => $"{i + 1}. {item.Label}：{item.Value}"))}\n{submit}吗？要修改请说“改第1项”。[1]{submit} [2]修改 [3]{drop}")
        {
            Actions = [submit, "修改", drop],
        };

        Read<bool> ReadReview(Said said)
        {
            (Again, AgainWith, var answer) = Answers.Review(said, items, submit, drop);
            return Again is null ? answer : Read.No<bool>("");
        }
    }

    /// <summary>Gives a command, once. A broken rule is recorded too and thrown again in every replay.</summary>
    /// <exception cref="RuleBrokenException">The command was refused; uncaught, its sentence is told to the person and the conversation ends.</exception>
    public async Task<T> Send<T>(ICommand<T> command)
    {
        var key = Numbered("!" + command.GetType().Name);
        var shape = Shape.Of(JsonSerializer.SerializeToUtf8Bytes(command, command.GetType(), Arguments));
        if (Recorded<T>(key, EntryKind.Effect, shape, out var receipt))
            return receipt!;
        if (Recorded<Refused>(key, EntryKind.Refusal, shape, out var refused))
            throw refused!.Again();

        Enter();
        try
        {
            var given = await world.Mediator.Send(command, cancellationToken);
            Record(key, EntryKind.Effect, shape, given);
            return given;
        }
        catch (RuleBrokenException broken)
        {
            Record(key, EntryKind.Refusal, shape, new Refused(broken.Rule.Sentence, broken.Rule.Clause, broken.Message));
            throw;
        }
        catch when (Interrupt())
        {
            throw;
        }
        finally
        {
            live = true;
            Busy = false;
        }
    }

    /// <summary>Asks the domain something. Not recorded: each replay sees the present state, and a choice over it notices when it changed.</summary>
    /// <exception cref="RuleBrokenException">The person may not know this; uncaught, the sentence is told and the conversation ends.</exception>
    public async Task<T> Look<T>(IQuery<T> query)
    {
        Enter();
        try
        {
            return await world.Mediator.Send(query, cancellationToken);
        }
        catch (Exception e) when (e is not RuleBrokenException && Interrupt())
        {
            throw;
        }
        finally
        {
            Busy = false;
        }
    }

    private bool Interrupt() => Interrupted = true;

    private Task<T> Ask<T>(string key, uint shape, Func<Reply> question, Func<Said, Read<T>> read, bool takesAnything, EntryKind kind = EntryKind.Answer)
    {
        var numbered = Numbered(key);
        if (Recorded<T>(numbered, kind, shape, out var recorded))
            return Task.FromResult(recorded!);

        Enter();
        if (input is { } said)
        {
            input = null;
            if (turn.Expects(numbered, shape))
            {
                var understood = read(said);
                if (understood.Understood)
                {
                    Record(numbered, kind, shape, understood.Value);
                    (live, Consumed, Busy) = (true, true, false);
                    return Task.FromResult(understood.Value!);
                }

                Hint = understood.Hint;
            }
            else
            {
                // What was confirmed under other circumstances is confirmed again.
                Moved = true;
                journal.Entries.RemoveAll(entry => entry.Kind == EntryKind.Confirmation && !touched.Contains(entry));
            }
        }

        (journal.Pending, journal.PendingShape, journal.PendingTakesAnything) = (numbered, shape, takesAnything);
        Question = question() with { Step = journal.Step };
        suspended.TrySetResult();

        // Only the suspended method refers to this task, so both are collected together when the turn is over.
        return new TaskCompletionSource<T>().Task;
    }

    private void Enter()
    {
        Operations++;
        if (Busy)
            throw Fault = new InvalidOperationException("A conversation asked two things at once, or did not await what it asked.");
        Busy = true;
    }

    private string Numbered(string key)
    {
        var use = uses[key] = uses.GetValueOrDefault(key) + 1;
        return use == 1 ? key : $"{key}#{use}";
    }

    private bool Recorded<T>(string key, EntryKind kind, uint shape, out T? value)
    {
        value = default;
        if (journal.Find(key, kind, shape) is not { } entry || !RecordedValue.TryRead(entry.Value.Span, out value))
            return false;
        touched.Add(entry);
        live |= journal.FailedAfter == key;
        return true;
    }

    private void Record<T>(string key, EntryKind kind, uint shape, T value)
    {
        if (journal.Entries.Count >= MostEntries)
            throw Fault = new ConversationTooLongException();
        journal.Entries.RemoveAll(entry => entry.Key == key);
        var entry = new JournalEntry(key, kind, shape, RecordedValue.Write(value));
        journal.Entries.Add(entry);
        touched.Add(entry);
    }

    private sealed record Refused(string Sentence, string Clause, string Message)
    {
        public RuleBrokenException Again() => new(new Rule(Sentence, Clause), Message);
    }
}
