using System.Text.RegularExpressions;

namespace Bot.Tests.Web;

/// <summary>What people type reaches other people's screens; it must stay text there, under a strict content policy.</summary>
public sealed partial class ThePageIsSafe
{
    [Fact]
    public void Nothing_turns_text_into_markup_or_code()
    {
        Assert.All(PageFiles.Texts, file => Assert.DoesNotMatch(MarkupFromText(), file.Text));
    }

    [Fact]
    public void No_script_style_or_handler_stands_inside_the_html()
    {
        var html = PageFiles.Texts.Where(file => file.Name.EndsWith(".html", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(html);
        Assert.All(html, file => Assert.DoesNotMatch(Inline(), file.Text));
    }

    [Fact]
    public void Nothing_is_loaded_from_another_place()
    {
        Assert.All(PageFiles.Texts, file => Assert.DoesNotMatch(Elsewhere(), file.Text));
    }

    [Theory]
    [InlineData("element.innerHTML = text")]
    [InlineData("document.write(text)")]
    [InlineData("eval(text)")]
    [InlineData("new Function(text)")]
    public void The_first_check_knows_the_usual_doors(string code)
    {
        Assert.Matches(MarkupFromText(), code);
    }

    [Theory]
    [InlineData("""<script>go()</script>""")]
    [InlineData("""<p style="color:red">""")]
    [InlineData("""<button type="button" onclick="go()">""")]
    public void The_second_check_knows_the_usual_doors(string html)
    {
        Assert.Matches(Inline(), html);
    }

    [Theory]
    [InlineData("""<script src="https://cdn.example/x.js">""")]
    [InlineData("""@import url(//cdn.example/x.css)""")]
    [InlineData("""fetch('https://elsewhere.example/')""")]
    public void The_third_check_knows_the_usual_doors(string text)
    {
        Assert.Matches(Elsewhere(), text);
    }

    [GeneratedRegex(@"\b(?:innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|DOMParser|srcdoc|document\.write)\b|\beval\s*\(|\bnew\s+Function\b|\bset(?:Timeout|Interval)\s*\(\s*['""`]")]
    private static partial Regex MarkupFromText();

    [GeneratedRegex(@"<script(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex(@"(?<!xmlns="")(?:(?:https?:|['""(])//[\w-]+\.[\w.-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();
}
