using Bot.Emulators.WeChat;

namespace Bot.Tests.Channels.WeChat.Emulator;

public sealed class FieldsOfTemplates
{
    [Theory]
    [InlineData("phrase1", "已办结", true)]
    [InlineData("phrase1", "OK", false)]
    [InlineData("character_string1", "GZ-2026-0012", true)]
    [InlineData("character_string1", "〔2026〕12", false)]
    [InlineData("name1", "王小明", true)]
    [InlineData("name1", "欧阳王小明等十一人代表团", false)]
    [InlineData("date1", "2026年3月4日~2026年3月6日", true)]
    [InlineData("amount1", "¥1200.50元", true)]
    [InlineData("phone_number1", "0571-8888 1234", true)]
    [InlineData("car_number1", "浙A12345", true)]
    [InlineData("number1", "12.5", true)]
    [InlineData("thing1", "两行\n不行", false)]
    public void Fields_take_what_their_prefix_says(string key, string value, bool taken) => Assert.Equal(taken, TemplateFields.Takes(key, value));
}
