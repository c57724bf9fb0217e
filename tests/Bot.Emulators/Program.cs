using System.Globalization;
using Bot.Emulators;

// Both ports may be given: the page's and the product's.
var ports = args.Select(argument => int.Parse(argument, CultureInfo.InvariantCulture)).ToArray();
var manifests = Folders().Select(folder => Path.Combine(folder, "manifests")).FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, "demo")));
if (manifests is null)
{
    Console.Error.WriteLine("没有找到 manifests 文件夹，请在仓库的根目录启动。");
    return 2;
}

try
{
    await using var trial = await Trial.Start(manifests, "data", ports.ElementAtOrDefault(0) is > 0 and var phones ? phones : 5090, ports.ElementAtOrDefault(1) is > 0 and var product ? product : 5080);
    Console.WriteLine(
        $"""

        公众号和企业微信试用已启动：在浏览器打开 {trial.Bench}
        左边是几部手机：三位已绑定企业的联系人、一位新用户；右边是工作人员的企业微信；都可以再加，时间可以往后拨。产品自己的网页在 {trial.Product}
        平台是模拟的，地区和人员是虚构的；按 Ctrl+C 停止，每次启动都从头开始。

        """);
    await trial.UntilStopped();
    return 0;
}
catch (IOException taken)
{
    Console.Error.WriteLine($"没有启动：{taken.Message} 端口被占用时可以另给两个：试用页的和产品的，如 -- 15090 15080。");
    return 2;
}

static IEnumerable<string> Folders()
{
    for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        yield return folder.FullName;
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        yield return folder.FullName;
}
