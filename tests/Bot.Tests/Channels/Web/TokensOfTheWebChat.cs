using System.Buffers.Text;
using System.Text;
using Bot.Channels.Web;
using Bot.Testing;

namespace Bot.Tests.Channels.Web;

public sealed class TokensOfTheWebChat
{
    private readonly HandTime time = new("2026-11-20 10:00");
    private readonly DirectLineTokens tokens;

    public TokensOfTheWebChat() => tokens = new DirectLineTokens("a secret", time);

    [Fact]
    public void A_token_says_who_and_which_conversation()
    {
        Assert.Equal(TokenFault.None, tokens.ReadToken(tokens.Issue("c-1", "user-1"), out var token));

        Assert.Equal(("c-1", "user-1"), (token.Conversation, token.User));
    }

    [Fact]
    public void The_official_client_finds_the_user_in_the_claims()
    {
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(tokens.Issue("c-1", "user-1").Split('.')[1]));

        Assert.Contains("\"user\":\"user-1\"", claims, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_lives_a_day_and_a_ticket_a_minute()
    {
        var issued = tokens.Issue("c-1", "user-1");
        tokens.ReadToken(issued, out var token);
        var ticket = tokens.Ticket(token, after: 3, origin: null);

        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(TokenFault.None, tokens.ReadTicket(ticket, out _));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TokenFault.Expired, tokens.ReadTicket(ticket, out _));
        time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(61));
        Assert.Equal(TokenFault.None, tokens.ReadToken(issued, out _));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TokenFault.Expired, tokens.ReadToken(issued, out _));
    }

    [Fact]
    public void A_ticket_is_no_token_and_a_token_no_ticket()
    {
        var issued = tokens.Issue("c-1", "user-1");
        tokens.ReadToken(issued, out var token);

        Assert.Equal(TokenFault.Forged, tokens.ReadTicket(issued, out _));
        Assert.Equal(TokenFault.Forged, tokens.ReadToken(tokens.Ticket(token, 0, null), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("不是令牌")]
    public void Nonsense_is_refused(string presented) => Assert.Equal(TokenFault.Forged, tokens.ReadToken(presented, out _));

    [Fact]
    public void A_changed_character_anywhere_is_refused()
    {
        var issued = tokens.Issue("c-1", "user-1");
        for (var i = 0; i < issued.Length; i++)
        {
            var changed = issued[..i] + (issued[i] == 'A' ? 'B' : 'A') + issued[(i + 1)..];
            Assert.Equal(TokenFault.Forged, tokens.ReadToken(changed, out _));
        }
    }

    [Fact]
    public void Another_secret_or_no_algorithm_is_refused()
    {
        var payload = tokens.Issue("c-1", "user-1").Split('.')[1];
        var unsigned = Base64Url.EncodeToString("""{"alg":"none","typ":"JWT"}"""u8);

        Assert.Equal(TokenFault.Forged, tokens.ReadToken(new DirectLineTokens("another", time).Issue("c-1", "user-1"), out _));
        Assert.Equal(TokenFault.Forged, tokens.ReadToken($"{unsigned}.{payload}.", out _));
    }

    [Fact]
    public void A_user_has_one_lasting_conversation()
    {
        Assert.Equal(DirectLineTokens.LastingConversation("user-1"), DirectLineTokens.LastingConversation("user-1"));
        Assert.NotEqual(DirectLineTokens.LastingConversation("user-1"), DirectLineTokens.LastingConversation("user-2"));
    }
}
