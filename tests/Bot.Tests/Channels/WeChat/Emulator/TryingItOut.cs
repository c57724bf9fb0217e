using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bot.Emulators;

namespace Bot.Tests.Channels.WeChat.Emulator;

public sealed class TryingItOut
{
    [Fact]
    public async Task One_start_gives_phones_of_bound_people_a_newcomer_desks_of_officials_and_a_clock()
    {
        var folder = Directory.CreateTempSubdirectory("trial");
        try
        {
            await using var trial = await Trial.Start(Testing.Manifests.Folder, folder.FullName, phonePort: 0, productPort: 0);
            using var http = new HttpClient { BaseAddress = trial.Bench };

            var state = (await http.GetFromJsonAsync<JsonNode>("bench/state"))!;
            var atHand = state["phones"]!["users"]!.AsArray().Where(user => !(bool)user!["shelved"]!).Select(user => ((string)user!["name"]!, (bool)user["follows"]!));
            Assert.Equal([("庄亦舟", true), ("季启明", true), ("邵疏影", true), ("新用户", false)], atHand);

            Assert.Equal(3, trial.Platform.Find("demo-openid-001")!.Menu.Length);

            var officials = state["desks"]!["members"]!.AsArray().Where(member => !(bool)member!["shelved"]!).Select(member => ((string)member!["name"]!, (string)member["unit"]!));
            Assert.Equal([("魏亦舟", "云澜区应急管理局"), ("秦文漪", "云澜区应急管理局"), ("孟仲平", "云澜区应急管理局"), ("范景行", "司法局")], officials);
            var official = trial.Company.Find("demo-wecom-I05")!;
            Assert.NotEmpty(official.Menu);
            await official.Say("帮助");
            await official.Sees(entry => entry.Kind != Bot.Emulators.WeCom.EntryKind.Own);
            Assert.True(await trial.Company.Callback.Verify());
            Assert.Empty(trial.Company.Violations);

            var later = DateTimeOffset.Parse((string)state["now"]!, System.Globalization.CultureInfo.InvariantCulture).AddHours(1);
            (await http.PostAsJsonAsync("bench/clock", new { to = later })).EnsureSuccessStatusCode();
            Assert.InRange(trial.Platform.Time.GetUtcNow(), later, later.AddMinutes(5));
            Assert.Equal("OK", (await new HttpClient { BaseAddress = trial.Product }.GetAsync("health/live")).StatusCode.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
