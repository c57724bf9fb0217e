using System.Text;
using Bot.Channels.Callbacks;

namespace Bot.Tests.Channels.Callbacks;

public sealed class ReadingStrictXml
{
    [Theory]
    [InlineData("<xml><A>b</A></xml>", "A=b")]
    [InlineData("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xml>\n <A><![CDATA[<b>&]]></A >\n <B/> <C />\n</xml>\n", "A=<b>& B= C=")]
    [InlineData("<xml><A>x<![CDATA[]]]]><![CDATA[>]]>y</A></xml>", "A=x]]>y")]
    [InlineData("<xml><A>&lt;&gt;&amp;&quot;&apos;&#65;&#x4E2D;&#x1F600;</A></xml>", "A=<>&\"'A中😀")]
    [InlineData("<xml><S><List><T>1</T></List><List><T>2</T></List></S></xml>", "T=1 T=2")]
    [InlineData("<xml></xml>", "xml=")]
    public void What_the_platforms_push_is_read(string xml, string fields) => Assert.Equal(fields, Read(xml));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("text")]
    [InlineData("<xml>")]
    [InlineData("<xml></xml><xml></xml>")]
    [InlineData("<xml></xml>after")]
    [InlineData("<xml><A>b</B></xml>")]
    [InlineData("<xml><A>b</xml>")]
    [InlineData("<xml>words<A>b</A></xml>")]
    [InlineData("<xml><A>b</A>words</xml>")]
    [InlineData("<xml a=\"1\"></xml>")]
    [InlineData("<xml><!-- no --></xml>")]
    [InlineData("<xml><?pi x?></xml>")]
    [InlineData("<?xml version=\"1.0\"?><?xml version=\"1.0\"?><xml></xml>")]
    [InlineData("<!DOCTYPE xml><xml></xml>")]
    [InlineData("<!DOCTYPE xml [<!ENTITY a \"b\">]><xml><A>&a;</A></xml>")]
    [InlineData("<!DOCTYPE xml [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xml><A>&a;</A></xml>")]
    [InlineData("<xml><A>&a;</A></xml>")]
    [InlineData("<xml><A>&</A></xml>")]
    [InlineData("<xml><A>&#0;</A></xml>")]
    [InlineData("<xml><A>&#xD800;</A></xml>")]
    [InlineData("<xml><A>&#99999999999;</A></xml>")]
    [InlineData("<xml><A>\u0001</A></xml>")]
    [InlineData("<xml><A>\uFFFF</A></xml>")]
    [InlineData("<xml><A><![CDATA[b]]</A></xml>")]
    [InlineData("<xml><1/></xml>")]
    [InlineData("<xml><a:b/></xml>")]
    public void Everything_else_is_refused(string xml) => Assert.Null(Read(xml));

    [Fact]
    public void Broken_utf8_is_refused() => Assert.Null(Read([.. "<xml><A>"u8, 0xC3, 0x28, .. "</A></xml>"u8]));

    [Fact]
    public void Depth_names_and_numbers_are_bounded()
    {
        Assert.NotNull(Read(Nested(8)));
        Assert.Null(Read(Nested(9)));
        Assert.Null(Read($"<xml><{new string('a', 65)}/></xml>"));
        Assert.Null(Read($"<xml>{string.Concat(Enumerable.Repeat("<a/>", 1000))}</xml>"));
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("<a>", depth)) + "<b/>" + string.Concat(Enumerable.Repeat("</a>", depth));

    private static string? Read(string xml) => Read(Encoding.UTF8.GetBytes(xml));

    private static string? Read(byte[] utf8)
    {
        var xml = new StrictXml(utf8);
        var fields = new List<string>();
        while (true)
        {
            switch (xml.Read())
            {
                case XmlPart.Leaf:
                    fields.Add($"{Encoding.UTF8.GetString(xml.Name)}={Encoding.UTF8.GetString(xml.Value)}");
                    break;
                case XmlPart.Done:
                    return string.Join(' ', fields);
                case XmlPart.Broken:
                    return null;
            }
        }
    }
}
