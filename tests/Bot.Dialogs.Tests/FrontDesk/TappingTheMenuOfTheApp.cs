using System.Text.Json;
using Bot.Dialogs.FrontDesk;
using Bot.Domain.Commands;
using Bot.Testing;

namespace Bot.Dialogs.Tests.FrontDesk;

/// <summary>The app in WeCom has one menu for all officials: each of its words has to be worth tapping for somebody.</summary>
public sealed class TappingTheMenuOfTheApp
{
    private static readonly ActorRole[] Officials = [ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor];

    public static TheoryData<string> Words
    {
        get
        {
            using var menu = JsonDocument.Parse(File.ReadAllText(Manifests.Path("wecom", "menu.json")));
            return [.. menu.RootElement.GetProperty("menu").EnumerateArray()
                .SelectMany(button => button.GetProperty("entries").EnumerateArray())
                .Select(entry => entry.GetProperty("say").GetString()!)];
        }
    }

    [Theory, MemberData(nameof(Words))]
    public void Every_word_of_it_opens_something_for_some_official(string word)
    {
        var menus = new Menus(AllConversations.List);

        Assert.Contains(Officials, role => menus.Of(role).Contains(word));
    }
}
