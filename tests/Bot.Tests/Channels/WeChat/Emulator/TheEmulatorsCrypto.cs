using System.Text;
using System.Text.Json.Nodes;
using Bot.Emulators.Tencent;
using Bot.Tests.Channels.Web;

namespace Bot.Tests.Channels.WeChat.Emulator;

/// <summary>The emulator's own crypto against vectors that the npm packages of both platforms made.</summary>
public sealed class TheEmulatorsCrypto
{
    public static TheoryData<string> Good => [.. Named("vectors").Concat(Named("published"))];

    public static TheoryData<string> Bad => [.. Named("negatives")];

    [Theory]
    [MemberData(nameof(Good))]
    public void Opens_seals_and_signs_as_the_platforms_do(string name)
    {
        var vector = Vector(name);
        var crypto = Crypto(vector);
        var (plaintext, ciphertext) = ((string)vector["plaintext"]!, (string)vector["ciphertext"]!);

        Assert.Equal(plaintext, crypto.Decrypt(ciphertext));
        Assert.Equal(ciphertext, crypto.Encrypt(Encoding.UTF8.GetBytes(plaintext), Convert.FromHexString((string)vector["randomHex"]!)));
        Assert.Equal((string)vector["msgSignature"]!, crypto.Sign((string)vector["timestamp"]!, (string)vector["nonce"]!, ciphertext));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Refuses_what_is_broken(string name)
    {
        var vector = Vector(name);
        var crypto = Crypto(vector);
        var ciphertext = (string)vector["ciphertext"]!;

        if (crypto.Sign((string)vector["timestamp"]!, (string)vector["nonce"]!, ciphertext) == (string)vector["msgSignature"]!)
            Assert.Throws<SealBrokenException>(() => crypto.Decrypt(ciphertext));
        else
            Assert.Equal("signature-mismatch", (string)vector["expect"]!);
    }

    private static CallbackCrypto Crypto(JsonNode vector) => new((string)vector["token"]!, (string)vector["encodingAesKey"]!, (string)vector["receiveId"]!);

    private static JsonNode File() => JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(Installed.NodeFolder, "crypto-vectors.json")))!;

    private static IEnumerable<string> Named(string group) => File()[group]!.AsArray().Select(one => (string)one!["name"]!);

    private static JsonNode Vector(string name) => new[] { "vectors", "published", "negatives" }.SelectMany(group => File()[group]!.AsArray()).First(one => (string)one!["name"]! == name)!;
}
