using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Channels.Callbacks;
using Bot.Tests.Channels.Web;

namespace Bot.Tests.Channels.Callbacks;

/// <summary>Vectors made with the npm packages of both platforms, and examples that the platforms print (channels A8).</summary>
public sealed class OpeningEnvelopes
{
    private const string SomeKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    private static readonly JsonNode Vectors = JsonNode.Parse(File.ReadAllText(Path.Combine(Installed.NodeFolder, "crypto-vectors.json")))!;

    public static TheoryData<string> Good => [.. Named("vectors").Concat(Named("published"))];

    public static TheoryData<string> Bad => [.. Named("negatives")];

    public static TheoryData<string> Signatures => [.. Named("plainSignatures")];

    [Theory, MemberData(nameof(Good))]
    public void Every_vector_is_proved_opened_and_read(string name)
    {
        var vector = Vector(name);
        var envelopes = EnvelopesOf(vector);

        Assert.True(envelopes.SignatureFits(Bytes(vector, "msgSignature"), Bytes(vector, "timestamp"), Bytes(vector, "nonce"), Bytes(vector, "ciphertext")));
        Assert.Equal(EnvelopeFault.None, envelopes.Open(Bytes(vector, "ciphertext"), out var opened));
        using (opened)
            Assert.Equal((string)vector["plaintext"]!, Encoding.UTF8.GetString(opened.Message));
    }

    [Theory, MemberData(nameof(Good))]
    public void Every_vector_is_cipherto_the_same_bytes(string name)
    {
        var vector = Vector(name);
        var (message, receiver) = (Bytes(vector, "plaintext"), Bytes(vector, "receiveId"));
        var cipher = new byte[EnvelopeKey.SealedLength(message.Length, receiver.Length)];

        EnvelopeKey.Parse((string)vector["encodingAesKey"]!)!.Seal(message, receiver, Convert.FromHexString((string)vector["randomHex"]!), cipher);

        Assert.Equal((string)vector["ciphertext"]!, Convert.ToBase64String(cipher));
    }

    [Theory, MemberData(nameof(Bad))]
    public void No_broken_one_is_opened(string name)
    {
        var vector = Vector(name);
        var envelopes = EnvelopesOf(vector);
        var signed = envelopes.SignatureFits(Bytes(vector, "msgSignature"), Bytes(vector, "timestamp"), Bytes(vector, "nonce"), Bytes(vector, "ciphertext"));

        Assert.Equal((string)vector["expect"]! != "signature-mismatch", signed);
        if (signed)
            Assert.NotEqual(EnvelopeFault.None, envelopes.Open(Bytes(vector, "ciphertext"), out _));
    }

    [Theory]
    [InlineData("neg-05", EnvelopeFault.Length)]
    [InlineData("neg-07", EnvelopeFault.Padding)]
    [InlineData("neg-09", EnvelopeFault.Ciphertext)]
    public void What_is_wrong_is_known_to_ourselves(string name, EnvelopeFault fault)
    {
        var vector = Vector(Named("negatives").Single(one => one.StartsWith(name, StringComparison.Ordinal)));

        Assert.Equal(fault, EnvelopesOf(vector).Open(Bytes(vector, "ciphertext"), out _));
    }

    [Theory]
    [InlineData("00000010", 32, "wx0000000000000000", EnvelopeFault.None)]
    [InlineData("00000010", 32, "wx0000000000000001", EnvelopeFault.Receiver)]
    [InlineData("0000000f", 32, "wx0000000000000000", EnvelopeFault.Receiver)]
    [InlineData("ffffffff", 32, "wx0000000000000000", EnvelopeFault.Length)]
    [InlineData("80000000", 32, "wx0000000000000000", EnvelopeFault.Length)]
    [InlineData("00000010", 0, "wx0000000000000000", EnvelopeFault.Padding)]
    [InlineData("00000010", 33, "wx0000000000000000", EnvelopeFault.Padding)]
    public void Length_padding_and_receiver_are_looked_at(string declared, int pad, string receiver, EnvelopeFault fault)
    {
        byte[] plain = [.. new byte[16], .. Convert.FromHexString(declared), .. "a message of 16b"u8, .. Encoding.ASCII.GetBytes(receiver)];
        var padding = 32 - plain.Length % 32;
        plain = [.. plain, .. Enumerable.Repeat((byte)(pad == 32 ? padding : pad), padding)];
        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(SomeKey + "=");
        var cipher = aes.EncryptCbc(plain, aes.Key.AsSpan(0, 16), PaddingMode.None);

        var found = new Envelopes("token", "wx0000000000000000", EnvelopeKey.Parse(SomeKey), null).Open(Encoding.ASCII.GetBytes(Convert.ToBase64String(cipher)), out _);

        Assert.Equal(fault, found);
    }

    [Theory]
    [InlineData("", EnvelopeFault.Ciphertext)]
    [InlineData("not base64!", EnvelopeFault.Base64)]
    [InlineData("AAAA", EnvelopeFault.Ciphertext)]
    public void What_is_no_ciphertext_is_not_opened(string base64, EnvelopeFault fault) =>
        Assert.Equal(fault, new Envelopes("token", "wx0000000000000000", EnvelopeKey.Parse(SomeKey), null).Open(Encoding.ASCII.GetBytes(base64), out _));

    [Theory, MemberData(nameof(Signatures))]
    public void Addresses_are_proved_by_ordinal_order(string name)
    {
        var vector = Vector(name);

        Assert.True(CallbackSignature.Fits(Bytes(vector, "signature"), Bytes(vector, "token"), Bytes(vector, "timestamp"), Bytes(vector, "nonce")));
    }

    [Fact]
    public void The_previous_key_opens_and_is_the_one_to_answer_with()
    {
        var vector = Vector(Named("vectors").First());
        var former = EnvelopeKey.Parse((string)vector["encodingAesKey"]!);
        var envelopes = new Envelopes((string)vector["token"]!, (string)vector["receiveId"]!, EnvelopeKey.Parse(SomeKey), former);

        Assert.Equal(EnvelopeFault.None, envelopes.Open(Bytes(vector, "ciphertext"), out var opened));
        using (opened)
            Assert.Same(former, opened.Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("too-short")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789ABCDEF+")]
    public void What_is_no_key_is_no_key(string text) => Assert.Null(EnvelopeKey.Parse(text));

    internal static JsonNode Vector(string name) =>
        new[] { "vectors", "published", "plainSignatures", "negatives" }.SelectMany(group => Vectors[group]!.AsArray()).Single(vector => (string?)vector!["name"] == name)!;

    internal static IEnumerable<string> Named(string group) => Vectors[group]!.AsArray().Select(vector => (string)vector!["name"]!);

    private static Envelopes EnvelopesOf(JsonNode vector) =>
        new((string)vector["token"]!, (string)vector["receiveId"]!, EnvelopeKey.Parse((string)vector["encodingAesKey"]!), null);

    private static byte[] Bytes(JsonNode vector, string field) => Encoding.UTF8.GetBytes((string)vector[field]!);
}
