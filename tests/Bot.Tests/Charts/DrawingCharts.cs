using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Bot.Channels.Web;
using Bot.Channels.WeCom;
using Bot.Charts;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Storage;
using Bot.Tests.Channels.WeCom;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Charts;

/// <summary>Figures as a picture with Chinese words, the same on every machine, on the web and in WeCom (J39, W40).</summary>
public sealed class DrawingCharts
{
    private static readonly Chart Month = new("云澜区应急管理局 2026年11月", [new Bar("扫码", 91.7, "11/12", Weak: true), new Bar("预告", 100, "11/11"), new Bar("并办按期", 0, "0/3", Weak: true)]) { Note = "橙色：有没按规定办到的" };

    [Fact]
    public void A_picture_is_a_whole_png_and_the_same_each_time()
    {
        var png = ChartPicture.Draw(Month);

        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var (width, height, dots) = Read(png);
        Assert.Equal((760, 268), (width, height));
        Assert.Equal((1 + 3 * width) * height, dots.Length);
        Assert.Equal(png, ChartPicture.Draw(Month));
        Assert.InRange(png.Length, 2_000, 60_000);
    }

    [Fact]
    public void A_bar_is_as_long_as_its_percent_and_what_is_weak_has_another_colour()
    {
        var (width, _, dots) = Read(ChartPicture.Draw(Month));

        var (blue, orange) = (Of(dots, width, 0x2F7FD6), Of(dots, width, 0xE0792B));
        Assert.True(blue.Values.Max() > orange.Values.Where(length => length > 100).Min());
        Assert.InRange(orange.Values.Where(length => length > 100).Min() / (double)blue.Values.Max(), 0.90, 0.93);
        Assert.Equal(22, blue.Count(row => row.Value == blue.Values.Max()));
    }

    [Fact]
    public void Words_in_Chinese_leave_ink_and_a_character_that_no_font_has_is_a_square()
    {
        var blank = new Chart("", [new Bar("", 50, "")]);

        Assert.True(Dark(blank with { Title = "云澜区规范办理率排名〔2026〕" }) > Dark(blank) + 800);
        Assert.Equal(Dark(blank with { Title = "□" }), Dark(blank with { Title = "\U00020000"[..1] }));
        Assert.True(ChartPicture.Draw(new Chart(new string('长', 500), [new Bar(new string('名', 300), 250, new string('9', 90))])).Length > 0);
    }

    [Fact]
    public void The_web_shows_it_beside_the_words()
    {
        var activity = Activities.Of(new Reply("11月：检查12次") { Chart = Month }, "a", "c", "u", null);

        var picture = activity["attachments"]!.AsArray().Single()!;
        Assert.Equal(("image/png", "云澜区应急管理局 2026年11月.png"), ((string?)picture["contentType"], (string?)picture["name"]));
        Assert.Equal(ChartPicture.Draw(Month), Convert.FromBase64String(((string)picture["contentUrl"]!)["data:image/png;base64,".Length..]));
        Assert.Equal("11月：检查12次", (string?)activity["text"]);
    }

    [Fact]
    public void WeCom_gets_the_words_at_once_then_the_picture_then_the_card()
    {
        var asked = new WeComAsked("zhangsan", "m1", CanWriteFirst: true);
        var question = new Reply("11月：检查12次。\n看什么？\n[1]看未扫码 [2]知道了") { Actions = ["看未扫码", "知道了"], Step = "s.1.next", Chart = Month };

        var said = WeComReplies.Of([question], asked);

        Assert.Equal(["image", "template_card"], said.Queued.Select(message => (string?)JsonNode.Parse(message.Body)!["msgtype"]));
        Assert.Empty(WeComReplies.Of([question], asked with { CanWriteFirst = false }).Queued);
    }

    [Fact]
    public async Task A_leader_in_WeCom_asks_and_sees_the_picture()
    {
        await using var bot = await StaffedBot.Start();
        var leader = await bot.Official("秦文漪", ActorRole.UnitLeader);
        await bot.Transactions.Run(
            "data",
            async (work, token) =>
            {
                var db = work.Services.GetRequiredService<SupervisionDb>();
                db.Enterprises.Add(new Domain.People.Enterprise("E001", "云澜区青禾特种钢锭铸造有限公司", "91321299MA9001HM4Q"));
                db.Tasks.Add(new InspectionTask(new TaskFacts("T303", InspectionType.Daily, "U01", "E001", new DateOnly(2026, 11, 17), new DateOnly(2026, 11, 2)) { CompletedOn = new DateOnly(2026, 11, 17), PreviewSentOn = new DateOnly(2026, 11, 10) }));
                return await db.SaveChangesAsync(token);
            },
            CancellationToken.None);

        await leader.Say("本单位怎么样");
        var picture = await leader.Sees(entry => entry.Type == "image");
        await leader.Sees(entry => entry.Card is { Usable: true });

        Assert.Equal(0x89, bot.Platform.Media.Find(picture.MediaId!)!.Bytes[0]);
        Assert.Empty(bot.Platform.Violations);
    }

    private static Dictionary<int, int> Of(byte[] dots, int width, int rgb)
    {
        var stride = 1 + 3 * width;
        return Enumerable.Range(0, dots.Length / stride)
            .Select(row => (row, count: Enumerable.Range(0, width).Count(x => (dots[row * stride + 1 + x * 3] << 16 | dots[row * stride + 2 + x * 3] << 8 | dots[row * stride + 3 + x * 3]) == rgb)))
            .Where(one => one.count > 0)
            .ToDictionary(one => one.row, one => one.count);
    }

    private static int Dark(Chart chart)
    {
        var (width, _, dots) = Read(ChartPicture.Draw(chart));
        return dots.Where((_, at) => at % (1 + 3 * width) != 0).Count(value => value < 0x80);
    }

    /// <summary>Reads it as another program would: chunk by chunk, each with its check sum.</summary>
    private static (int Width, int Height, byte[] Dots) Read(byte[] png)
    {
        var (width, height, at) = (0, 0, 8);
        using var packed = new MemoryStream();
        while (at < png.Length)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var name = System.Text.Encoding.ASCII.GetString(png, at + 4, 4);
            Assert.Equal(Check(png.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            if (name == "IHDR")
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at + 8)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at + 12)));
            if (name == "IDAT")
                packed.Write(png, at + 8, length);
            at += 12 + length;
        }

        packed.Position = 0;
        using var unpacked = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionMode.Decompress))
            zlib.CopyTo(unpacked);
        return (width, height, unpacked.ToArray());
    }

    private static uint Check(ReadOnlySpan<byte> bytes)
    {
        var rest = uint.MaxValue;
        foreach (var one in bytes)
        {
            rest ^= one;
            for (var bit = 0; bit < 8; bit++)
                rest = (rest & 1) == 1 ? rest >> 1 ^ 0xEDB88320 : rest >> 1;
        }

        return ~rest;
    }
}
