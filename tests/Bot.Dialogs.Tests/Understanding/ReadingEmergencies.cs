using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Tests.Understanding;

public sealed class ReadingEmergencies
{
    [Theory]
    [InlineData("隔壁厂房冒烟了有火", EmergencyKind.Fire)]
    [InlineData("着火了快来人", EmergencyKind.Fire)]
    [InlineData("車間著火了", EmergencyKind.Fire)]
    [InlineData("没着火但是一直在冒烟", EmergencyKind.Fire)]
    [InlineData("正在检查的时候突然起火了", EmergencyKind.Fire)]
    [InlineData("锅炉爆炸了", EmergencyKind.Explosion)]
    [InlineData("氨气泄漏了 味道很大", EmergencyKind.Leak)]
    [InlineData("煤气泄露", EmergencyKind.Leak)]
    [InlineData("有工人中毒了", EmergencyKind.Poisoning)]
    [InlineData("有人在污水池里晕倒了", EmergencyKind.Casualty)]
    [InlineData("有人受伤", EmergencyKind.Casualty)]
    [InlineData("厂房塌了，人被埋在下面", EmergencyKind.Casualty)]
    [InlineData("检查的人和老板打起来了", EmergencyKind.Violence)]
    [InlineData("我要投诉，他们刚走车间就着火了", EmergencyKind.Fire)]
    public void Danger_is_seen_first(string text, EmergencyKind expected) => Assert.Equal(expected, Emergency.Of(text));

    [Theory]
    [InlineData("没有着火")]
    [InlineData("防火检查")]
    [InlineData("灭火器过期")]
    [InlineData("消防演练")]
    [InlineData("火灾防控专项")]
    [InlineData("没有人受伤")]
    [InlineData("粉尘防爆要求")]
    [InlineData("粉尘爆炸危险场所怎么管")]
    [InlineData("泄漏报警器要多久检一次")]
    [InlineData("食物中毒应急预案模板")]
    [InlineData("着火了怎么逃生的培训")]
    [InlineData("他们泄露我的信息")]
    [InlineData("如果着火了怎么办")]
    [InlineData("去年隔壁着火以后天天来查")]
    [InlineData("触电事故案例学习")]
    [InlineData("我要投诉")]
    public void A_lesson_a_negation_or_the_past_is_no_emergency(string text) => Assert.Null(Emergency.Of(text));
}
