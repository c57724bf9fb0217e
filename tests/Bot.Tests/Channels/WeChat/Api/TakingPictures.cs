using Bot.Channels.Photos;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using Bot.Files;
using Bot.Storage;
using Bot.Testing;
using Microsoft.AspNetCore.Http;

namespace Bot.Tests.Channels.WeChat.Api;

public sealed class TakingPictures : IAsyncLifetime
{
    private const string Media = "/cgi-bin/media/get";
    private const string Text = "/cgi-bin/message/custom/send";
    private const string Channel = "wechat";
    private const string Person = "o-person";
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[5000]];

    private readonly HurriedTime time = new("2026-11-20 10:00");
    private ScriptedPlatform platform = null!;
    private Databases database = null!;
    private Instance instance = null!;

    public async ValueTask InitializeAsync()
    {
        platform = await ScriptedPlatform.Start(time);
        database = await Databases.Fresh(DatabaseKind.Sqlite);
        instance = await Instance.Start(database, platform);
    }

    public async ValueTask DisposeAsync()
    {
        await instance.DisposeAsync();
        await database.DisposeAsync();
        await platform.DisposeAsync();
    }

    [Fact]
    public async Task A_picture_is_kept_at_once_as_what_it_really_is()
    {
        Serve(Jpeg, "image/png");

        var picture = await instance.Pictures.Take(Channel, "MEDIA 1", default);

        Assert.Null(picture.OwedMediaId);
        Assert.Equal(("image/jpeg", Jpeg.Length, (string?)null), (picture.Evidence.ContentType, (int)picture.Evidence.Bytes, picture.Evidence.Missing));
        Assert.Equal(Jpeg, await File.ReadAllBytesAsync(instance.Files.PathOf(picture.Evidence.Id)));
        Assert.Equal("MEDIA 1", platform.Of(Media).Single().Query["media_id"]);
    }

    [Fact]
    public async Task The_same_message_once_more_is_the_same_evidence_and_fetches_nothing()
    {
        Serve(Jpeg, "image/jpeg");

        var first = await instance.Pictures.Take(Channel, "M1", default);
        var again = await instance.Pictures.Take(Channel, "M1", default);
        var another = await instance.Pictures.Take(Channel, "M2", default);

        Assert.Equal(first.Evidence, again.Evidence);
        Assert.NotEqual(first.Evidence.Id, another.Evidence.Id);
        Assert.Equal(2, platform.Of(Media).Count);
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_and_nothing_of_it_stays()
    {
        Serve("MZ this is a program"u8.ToArray(), "image/jpeg");
        var kind = await Assert.ThrowsAsync<RuleBrokenException>(() => instance.Pictures.Take(Channel, "M1", default));
        Serve([.. Jpeg, .. new byte[FileStore.LargestMegabytes * 1024 * 1024]], "image/jpeg");
        var size = await Assert.ThrowsAsync<RuleBrokenException>(() => instance.Pictures.Take(Channel, "M2", default));

        Assert.Equal((FileStore.OfAKnownKind, FileStore.NotTooLarge), (kind.Rule, size.Rule));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(instance.Files.PathOf("x"))!));
    }

    [Fact]
    public async Task An_expired_one_is_said_so_at_once()
    {
        platform.Script(Media, """{"errcode":40007,"errmsg":"invalid media_id rid: 6a0e-1-2"}""");

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => instance.Pictures.Take(Channel, "M1", default));

        Assert.Equal(Pictures.StillThere, refused.Rule);
    }

    [Fact]
    public async Task One_that_the_platform_is_too_slow_for_comes_later_into_the_place_promised_to_it()
    {
        instance.Pictures.Patience = TimeSpan.FromMilliseconds(500);
        platform.On(Media, (_, http) => Hang(http));
        var picture = await instance.Pictures.Take(Channel, "M1", default);
        await Write(picture, fleeting: false);
        Assert.NotNull((await instance.Files.Find(picture.Evidence.Id, default))!.Missing);

        platform.On(Media, (_, http) => Fail(http));
        await instance.Fetching.Round(default);
        Serve(Jpeg, "image/jpeg");
        time.Advance(TimeSpan.FromMinutes(1));
        await Rounds();

        Assert.Equal(("M1", 0L), (picture.OwedMediaId, picture.Evidence.Bytes));
        var kept = await instance.Files.Find(picture.Evidence.Id, default);
        Assert.Equal((Jpeg.Length, (string?)null), ((int)kept!.Bytes, kept.Missing));
        Assert.Equal(0, await Owed());
        Assert.Empty(platform.Of(Text));
    }

    [Fact]
    public async Task One_that_cannot_be_had_for_three_days_is_lost_its_card_says_so_and_its_sender_is_told_once()
    {
        platform.On(Media, (_, http) => Fail(http));
        var picture = await instance.Pictures.Take(Channel, "M1", default);
        await Write(picture, fleeting: false);

        for (var hour = 0; hour < 4 * 24; hour++)
        {
            await instance.Fetching.Round(default);
            time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Contains("没有保存", (await instance.Files.Find(picture.Evidence.Id, default))!.Missing, StringComparison.Ordinal);
        Assert.Equal(Person, Assert.Single(platform.Of(Text)).Json.GetProperty("touser").GetString());
        Assert.Equal(0, await Owed());
    }

    [Fact]
    public async Task A_sender_who_may_be_told_no_more_is_not_told_and_the_card_says_it_all_the_same()
    {
        platform.On(Media, (_, http) => Fail(http));
        platform.Script(Text, """{"errcode":45015,"errmsg":"response out of time limit"}""");
        var picture = await instance.Pictures.Take(Channel, "M1", default);
        await Write(picture, fleeting: false);
        platform.Script(Media, """{"errcode":40007}""");

        await Rounds();

        Assert.NotNull((await instance.Files.Find(picture.Evidence.Id, default))!.Missing);
        Assert.Single(platform.Of(Text));
        Assert.Equal(0, await Owed());
    }

    [Fact]
    public async Task An_anonymous_turn_leaves_no_trace_of_who_sent_pictures_also_not_of_those_before_it()
    {
        platform.On(Media, (_, http) => Fail(http));
        var before = await instance.Pictures.Take(Channel, "M1", default);
        await Write(before, fleeting: false);
        var after = await instance.Pictures.Take(Channel, "M2", default);
        await Write(after, fleeting: true);

        var owed = await instance.Transactions.Read((rows, token) => rows.OwedPictures(Channel, DateTime.MaxValue.AddYears(-1), 10, token), default);

        Assert.Equal(2, owed.Count);
        Assert.All(owed, picture => Assert.Null(picture.Sender));
        platform.Script(Media, """{"errcode":40007}""");
        await Rounds();
        Assert.Empty(platform.Of(Text));
    }

    [Fact]
    public async Task A_picture_taken_twice_because_the_message_came_again_is_owed_once()
    {
        platform.On(Media, (_, http) => Fail(http));
        var first = await instance.Pictures.Take(Channel, "M1", default);
        var again = await instance.Pictures.Take(Channel, "M1", default);
        await Write(first, fleeting: false);
        await Write(again, fleeting: false);

        Assert.Equal(first.Evidence, again.Evidence);
        Assert.Equal(1, await Owed());
    }

    private void Serve(byte[] file, string contentType) => platform.On(Media, async (_, http) =>
    {
        http.Response.ContentType = contentType;
        http.Response.Headers.ContentDisposition = "attachment; filename=\"a.jpg\"";
        await http.Response.Body.WriteAsync(file);
    });

    private static async Task Hang(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        await using var _ = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    private static Task Fail(HttpContext http)
    {
        http.Response.StatusCode = 502;
        return Task.CompletedTask;
    }

    private Task Write(Picture picture, bool fleeting) => instance.Transactions.Run(
        Person,
        async (work, token) =>
        {
            await instance.Pictures.AlsoWrite(work.Rows, new Address(Channel, Person), [picture], fleeting, token);
            return picture;
        },
        default);

    private async Task Rounds()
    {
        while (await instance.Fetching.Round(default) > 0)
        {
        }
    }

    private async Task<int> Owed() =>
        (await instance.Transactions.Read((rows, token) => rows.OwedPictures(Channel, DateTime.MaxValue.AddYears(-1), 10, token), default)).Count;
}
