using System.Buffers.Binary;
using System.Text;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Deadlines;
using Bot.Domain.People;
using Bot.Domain.Progress;
using Bot.Domain.Rules;
using Bot.Files;
using Bot.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Anonymity;

/// <summary>W28, C32: photos of an anonymous complaint lose what the camera wrote and what they were called, and go when the case goes.</summary>
public sealed class FilesOfAnEntry : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("files-").FullName;
    private readonly Office office;
    private readonly Actor supervisor;

    public FilesOfAnEntry()
    {
        office = new Office("2026-11-22 10:00", also: services => services
            .AddSingleton(new FileStore(new Settings(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Files"] = folder }).Build(), demo: false)))
            .AddEvidenceFiles());
        office.Add(new Unit("U06", "区城市管理局", "district", "城市管理", "0000-86000600"));
        supervisor = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
    }

    private FileStore Store => office.Services.GetRequiredService<FileStore>();

    [Fact]
    public async Task Place_device_and_name_are_gone_and_the_picture_is_not()
    {
        var photo = await Keep("王芳的手机 20261122.jpg", Jpeg());
        Assert.Contains("GPS 31.2N 王芳的手机", await Content(photo), StringComparison.Ordinal);

        await File(photo.Id);

        Assert.DoesNotContain("GPS", await Content(photo), StringComparison.Ordinal);
        Assert.DoesNotContain("王芳", await Content(photo), StringComparison.Ordinal);
        Assert.Contains("PICTURE", await Content(photo), StringComparison.Ordinal);
        var card = await Store.Find(photo.Id, TestContext.Current.CancellationToken);
        Assert.Equal(("附件.jpg", new FileInfo(Store.PathOf(photo.Id)).Length), (card!.Name, card.Bytes));
        Assert.Equal(TimeSpan.Zero, System.IO.File.GetLastWriteTimeUtc(Store.PathOf(photo.Id)).TimeOfDay);
    }

    [Fact]
    public async Task A_named_complaint_keeps_its_evidence_as_it_is()
    {
        var photo = await Keep("现场.jpg", Jpeg());

        await office.Send(new FileComplaint(Office.Visitor(), Facts(photo.Id), Anonymous: false, "王芳", "13800000000"));

        Assert.Contains("GPS", await Content(photo), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_added_by_the_code_is_made_nameless_too()
    {
        var receipt = await File((await Keep("一.jpg", Jpeg())).Id);
        var more = await Keep("我家门口.png", Png());

        await office.Send(new SupplementComplaint(Office.Visitor(), receipt.Code!, "车牌拍到了", [more.Id]));

        Assert.DoesNotContain("tEXtAuthor", await Content(more), StringComparison.Ordinal);
        Assert.Contains("IDAT", await Content(more), StringComparison.Ordinal);
        Assert.Equal("附件.png", (await Store.Find(more.Id, TestContext.Current.CancellationToken))!.Name);
    }

    [Fact]
    public async Task When_the_code_has_run_out_the_files_go_with_the_case()
    {
        var (first, second) = (await Keep("一.jpg", Jpeg()), await Keep("二.jpg", Jpeg()));
        var receipt = await File(first.Id);
        await office.Send(new SupplementComplaint(Office.Visitor(), receipt.Code!, "", [second.Id]));
        await office.Send(new AcceptComplaint(supervisor, receipt.ComplaintId));
        await office.Send(new ResolveComplaint(supervisor, receipt.ComplaintId, "属实", "责令改正", "依规"));
        office.Time.Set("2027-02-20 09:00");
        await office.Send(new TakeDueSteps(Actor.Service));
        Assert.Equal(4, Directory.EnumerateFiles(folder).Count());

        office.Time.Set("2027-02-21 09:00");
        await office.Send(new TakeDueSteps(Actor.Service));

        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public void What_is_no_photo_of_its_kind_stays_as_it_is()
    {
        byte[][] broken = [[], [0xFF, 0xD8, 0xFF], [0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 1], [.. Jpeg().Take(20)], [.. Png().Take(30)]];

        Assert.All(broken, bytes => Assert.Equal(bytes, PhotoDetails.Without(bytes, "image/jpeg")));
        Assert.Equal(Png().Take(30), PhotoDetails.Without([.. Png().Take(30)], "image/png"));
    }

    [Fact]
    public void A_webp_says_that_it_has_no_details_any_more()
    {
        byte[] webp = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, .. Chunk("VP8X", [0x0C, 0, 0, 0, 9, 0, 0, 9, 0, 0]), .. Chunk("VP8 ", "PICTURE!"u8.ToArray()), .. Chunk("EXIF", "GPS 31.2N"u8.ToArray())];

        var kept = PhotoDetails.Without(webp, "image/webp");

        Assert.DoesNotContain("GPS", Encoding.ASCII.GetString(kept), StringComparison.Ordinal);
        Assert.Equal(0, kept[20]);
        Assert.Equal((uint)(kept.Length - 8), BinaryPrimitives.ReadUInt32LittleEndian(kept.AsSpan(4)));
    }

    [Fact]
    public async Task Ten_thousand_tries_of_a_code_find_nothing_and_leave_one_row_for_an_hour()
    {
        // S06: a look-up code tried 10,000 times.
        var receipt = await office.Send(new FileComplaint(Office.Visitor("openid-1"), Facts(), Anonymous: true));
        var guesser = Office.Visitor("openid-9");
        var refused = 0;
        for (var i = 0; i < 10_000; i++)
        {
            try
            {
                Assert.Null((await office.Send(new LookUpByCode(guesser, i % 100 == 99 ? receipt.Code! : "2A2A-2A2A"))).Complaint);
            }
            catch (RuleBrokenException broken)
            {
                Assert.Same(WrongTries.NotByTrying, broken.Rule);
                refused++;
            }
        }

        Assert.Equal(10_000 - WrongTries.Most, refused);
        Assert.Equal(1, office.Use(db => db.WrongTries.Count()));
        office.Time.Set("2026-11-22 11:01");
        Assert.NotNull((await office.Send(new LookUpByCode(guesser, receipt.Code!))).Complaint);
        await office.Send(new TakeDueSteps(Actor.Service));
        Assert.Equal(0, office.Use(db => db.WrongTries.Count()));
    }

    public void Dispose()
    {
        office.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static ComplaintFacts Facts(params string[] files) => new(ComplaintKind.NoScanOrCertificate, new DateOnly(2026, 11, 22), null, "U06", "没亮证没扫码") { EvidenceIds = files };

    private Task<ComplaintReceipt> File(params string[] files) => office.Send(new FileComplaint(Office.Visitor("openid-1"), Facts(files), Anonymous: true));

    private Task<Evidence> Keep(string name, byte[] content) => Store.Keep(name, new MemoryStream(content), TestContext.Current.CancellationToken);

    private async Task<string> Content(Evidence file) => Encoding.UTF8.GetString(await System.IO.File.ReadAllBytesAsync(Store.PathOf(file.Id), TestContext.Current.CancellationToken));

    /// <summary>A JPEG as far as its segments go: JFIF, Exif with a place, a comment, and a picture.</summary>
    private static byte[] Jpeg() =>
    [
        0xFF, 0xD8,
        .. Segment(0xE0, "JFIF\0"u8.ToArray()),
        .. Segment(0xE1, Encoding.UTF8.GetBytes("Exif\0\0GPS 31.2N 王芳的手机")),
        .. Segment(0xFE, Encoding.UTF8.GetBytes("王芳")),
        .. Segment(0xDB, new byte[8]),
        0xFF, 0xDA, 0, 4, 0, 0, .. "PICTURE"u8, 0xFF, 0xD9,
        .. Encoding.UTF8.GetBytes("王芳 behind the end"),
    ];

    private static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] Png() =>
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Part("IHDR", new byte[13]), .. Part("tEXt", "Author\0somebody"u8.ToArray()), .. Part("IDAT", new byte[4]), .. Part("IEND", [])];

    private static byte[] Part(string name, byte[] content) => [0, 0, 0, (byte)content.Length, .. Encoding.ASCII.GetBytes(name), .. content, 0, 0, 0, 0];

    private static byte[] Chunk(string name, byte[] content) => [.. Encoding.ASCII.GetBytes(name), (byte)content.Length, 0, 0, 0, .. content, .. content.Length % 2 == 1 ? new byte[1] : []];
}
