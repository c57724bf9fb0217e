using Bot.CommandLine;

namespace Bot.Tests.CommandLine;

public sealed class CheckingTheWordingOfNotices : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    [Theory]
    [InlineData("""[{"id":"N1","text":"{date}检查","fields":["date"]}]""", null)]
    [InlineData("""[{"id":"N1","text":"{date}检查","fields":[]}]""", "date")]
    [InlineData("""[{"id":"N1","text":"检查","fields":["date"]}]""", "date")]
    [InlineData("""[{"id":"N1","text":"{date检查","fields":[]}]""", "大括号")]
    [InlineData("""[{"id":"N1","text":"一","fields":[]},{"id":"N1","text":"二","fields":[]}]""", "不止一次")]
    [InlineData("""[{"id":"N1"}]""", "缺少")]
    [InlineData("[{", "JSON")]
    public void Fields_used_are_the_fields_listed(string json, string? problem)
    {
        File.WriteAllText(file, json);

        var problems = NoticeWordingCheck.Check(file);

        if (problem is null)
            Assert.Empty(problems);
        else
            Assert.Contains(problem, Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(file);
}
