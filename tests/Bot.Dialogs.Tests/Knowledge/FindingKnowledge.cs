using Bot.Testing;

namespace Bot.Dialogs.Tests.Knowledge;

/// <summary>S18, W26, W29: the library answers with its source; what it does not have becomes a question to a unit by one tap.</summary>
public sealed class FindingKnowledge : IDisposable
{
    private readonly Yunlan yunlan = new();

    public FindingKnowledge()
    {
        yunlan.Office.Use(db =>
        {
            db.Enterprises.Single(e => e.Id == "E001").Industry = "冶金";
            db.Enterprises.Single(e => e.Id == "E010").Industry = "餐饮";
            return db.SaveChanges();
        });
        yunlan.Office.TakeInKnowledge().GetAwaiter().GetResult();
    }

    [Fact]
    public async Task S18_a_caterer_gets_the_guide_of_its_own_trade_and_not_the_whole_list()
    {
        const string script =
            """
            U: 有没有指引
            B: 【餐饮服务单位合规指引】
               1. 食品经营许可证在有效期内，挂在店里显眼处；实际经营的项目和许可项目一致。
               2. 接触直接入口食品的员工每年体检一次，健康证明齐全、没有过期再上岗。
               3. 进货要看供货者的许可证和食品合格证明，票据留好；没有明确保质期的，记录至少存两年。
               4. 后厨生熟分开、餐具洗净消毒，冷藏冷冻温度达标，过期食品当天清走并记下。
               5. 用燃气的，装可燃气体报警器并保持开启；油烟管道定期清洗，疏散通道不堆东西。
               来源：《中华人民共和国食品安全法》第三十三条、第四十五条、第五十三条，《中华人民共和国安全生产法》第三十六条（样例，由本服务整理），2026年3月1日。
            """;

        await Goes(new Talk(yunlan.Office, yunlan.Shiqiaohe), script);
    }

    [Fact]
    public async Task W26_a_trade_asks_for_its_usual_problems_and_gets_five_with_plain_fixes()
    {
        const string script =
            """
            U: 我们行业常见问题
            B: 餐饮行业常见的5个问题和做法：
               1. 员工健康证明过期。怎么做：列一张到期表，到期前一个月统一去体检；过期的先调离直接接触食品的岗位。来源：《中华人民共和国食品安全法》第四十五条（样例，由本服务整理）。
               2. 后厨有过期调料、食材。怎么做：每周固定一天翻一遍货架和冰箱，先进先出，开封写日期，过期的当天清走并记下。来源：《中华人民共和国食品安全法》第三十四条、第五十四条（样例，由本服务整理）。
               3. 进货没有票据或者没留供货者许可证。怎么做：让供货者发许可证照片，每次进货的小票夹进本子或者拍照存档，至少存两年。来源：《中华人民共和国食品安全法》第五十三条（样例，由本服务整理）。
               4. 没装可燃气体报警器或者没开。怎么做：在用气的地方装报警器并接上切断阀，每月按一次测试键，记在本子上。来源：《中华人民共和国安全生产法》第三十六条（样例，由本服务整理）。
               5. 生熟没有分开，砧板、刀具混用。怎么做：生、熟各用一套，用颜色区分；冰箱里熟的放上层、盖好。来源：《中华人民共和国食品安全法》第三十三条（样例，由本服务整理）。
            """;

        await Goes(new Talk(yunlan.Office, yunlan.Shiqiaohe), script);
    }

    [Fact]
    public async Task W29_dust_brings_two_cases_without_the_name_of_an_enterprise()
    {
        const string script =
            """
            U: 查案例 粉尘
            B: 【典型案例】抛光车间积尘，当场清扫后不予处罚
               经过：检查发现某五金企业抛光工位积尘，清扫台账断了两周，除尘器正常。
               处理：属首次、没有造成后果，当场清扫，三天内补齐制度，不予处罚，给一个月观察期。
               提醒：粉尘每班清扫并记台账；用吸尘器，不用压缩空气吹。
               来源：云澜区应急管理局（样例，情形虚构，由本服务整理），2026年2月10日。
               【典型案例】两种粉尘共用一套除尘，停用改造
               经过：某家具企业木粉和金属打磨共用一根除尘管道，有爆炸风险。
               处理：属重大事故隐患，责令停用该系统，指导企业分开设置，验收后恢复。
               提醒：不同种类的可燃性粉尘要分开收集。
               来源：云澜区应急管理局（样例，情形虚构，由本服务整理），2025年11月20日。
            """;

        await Goes(new Talk(yunlan.Office, yunlan.Qinghe), script);
    }

    [Fact]
    public async Task Nothing_found_is_said_plainly_and_one_tap_makes_it_a_request_for_guidance()
    {
        const string script =
            """
            U: 合规指引 直播带货的备案
            B: 资料库里没有找到关于“直播带货的备案”的内容。要请管这件事的单位答复吗？2个工作日内有答复。
               [1]请单位答复 [2]换个说法 [3]不用了
            U: 请单位答复
            B: 您想请哪个单位指导？
               [1]应急管理局 [2]生态环境局 [3]市场监管局 [4]其他
            U: 3
            B: 已提交，编号 云指〔2026〕58号，云澜区市场监督管理局最迟11月24日（周二）答复（从收到次日起算2个工作日），到时我会发给您。急需可致电0000-86000100。
            """;

        await Goes(new Talk(yunlan.Office, yunlan.Qinghe), script);
        Assert.Equal("直播带货的备案", yunlan.Office.Use(db => db.GuidanceRequests.Single().Question));
    }

    [Fact]
    public async Task Nothing_found_for_a_stranger_becomes_an_anonymous_question_with_a_code() // W28
    {
        var stranger = new Talk(yunlan.Office, Office.Visitor());
        const string script =
            """
            U: 查资料 渣土车夜里出入要报备吗
            B: 资料库里没有找到关于“渣土车夜里出入要报备吗”的内容。要请管这件事的单位答复吗？2个工作日内有答复，不留您的身份，凭查询码看。
               [1]请单位答复 [2]换个说法 [3]不用了
            U: 1
            B: 这件事归哪个单位管？可以说“人社”“消防”“市场监管”这样的叫法，不知道就说“不清楚”。
            U: 消防
            B: 已转云澜区消防救援大队专业人员，最迟11月24日（周二）答复（2个工作日），查询码 ※
            """;

        await Goes(stranger, script);
        Assert.True(stranger.Fleeting);
        Assert.Null(yunlan.Office.Use(db => db.GuidanceRequests.Single().AskedById));
    }

    [Fact]
    public async Task A_stranger_says_the_trade_first_or_what_it_is_about()
    {
        const string script =
            """
            U: 合规指引
            B: 您是做哪一行的？可以说行业，也可以直接说想查的事，比如“灭火器”“劳动合同”。
            U: 我开了个养老院
            B: 【养老机构合规指引】
               1. 备案信息和实际一致，服务合同与老人签好。
               2. 食堂有食品经营许可，留样、消毒、进货查验都有记录。
               3. 消防设施好用，夜间有人值班巡查，疏散通道不锁、不堵。
               4. 护理人员培训有记录，老人突发情况有预案、会处置。
               来源：《养老机构管理办法》，《中华人民共和国消防法》第十六条（样例，由本服务整理），2026年3月1日。
            U: 常见问题
            B: 您是做哪一行的？可以说行业，也可以直接说想查的事，比如“灭火器”“劳动合同”。
            U: 道路运输
            B: 道路运输行业常见的5个问题和做法：
               1. 车辆定位掉线没人处理。怎么做：专人每天看在线率，掉线当天联系司机，处理过程记下来。来源：《中华人民共和国道路运输条例》（样例，由本服务整理）。
               2. 出车前检查没有记录。怎么做：用一张表，刹车、轮胎、灯光打勾签名，一车一本。来源：《中华人民共和国道路运输条例》（样例，由本服务整理）。
               3. 疏散通道堆货、安全出口上锁。怎么做：通道画黄线，线内不放东西；营业和生产时间门不锁，每天开门时看一遍。来源：《中华人民共和国消防法》第二十八条（样例，由本服务整理）。
               4. 灭火器压力不够、过期没换。怎么做：每月看一次压力表，指针在绿区；到期送检或者更换，写在卡片上。来源：《中华人民共和国消防法》第十六条（样例，由本服务整理）。
               5. 电线私拉乱接，插线板串接。怎么做：请电工固定线路，大功率设备单独走线，不用插线板接插线板。来源：《中华人民共和国消防法》第二十七条（样例，由本服务整理）。
            U: 看《出车前检查没有记录》
            B: 【高频问题】出车前检查没有记录
               用一张表，刹车、轮胎、灯光打勾签名，一车一本。
               来源：《中华人民共和国道路运输条例》（样例，由本服务整理），2026年3月1日。
            """;

        await Goes(new Talk(yunlan.Office, Office.Visitor()), script);
    }

    [Fact]
    public async Task C3_what_the_library_has_is_shown_before_anything_is_submitted_and_may_be_enough()
    {
        const string script =
            """
            U: 有限空间作业审批单怎么填
            B: 您想请哪个单位指导？
               [1]应急管理局 [2]生态环境局 [3]市场监管局 [4]其他
            U: 1
            B: 先看看这些是否有帮助：
               【常见问题】有限空间作业审批单怎么填
               1. 写清：在哪里、做什么、谁作业、谁监护、谁批准、从几点到几点。
               2. 作业前填好通风时间和检测结果（氧、可燃气、有毒气），合格再签字。
               3. 一次作业一张单，作业内容或者时间变了要重新填；审批单留存备查。
               来源：《工贸企业有限空间作业安全规定》（应急管理部令第13号）（样例，由本服务整理），2026年3月1日。
               [1]还要问单位 [2]有帮助，不问了 [3]看《有限空间作业审批单填写不完整》
            U: 有帮助，不问了
            B: 好的，这次申请没有提交。需要时随时叫我。
            """;

        await Goes(new Talk(yunlan.Office, yunlan.Qinghe), script);
        Assert.Empty(yunlan.Office.Use(db => db.GuidanceRequests.ToList()));
    }

    [Fact]
    public async Task C3_who_wants_the_unit_all_the_same_goes_on()
    {
        const string script =
            """
            U: 有限空间作业审批单怎么填
            B: 您想请哪个单位指导？
               [1]应急管理局 [2]生态环境局 [3]市场监管局 [4]其他
            U: 1
            B: 先看看这些是否有帮助：
               【常见问题】有限空间作业审批单怎么填
               1. 写清：在哪里、做什么、谁作业、谁监护、谁批准、从几点到几点。
               2. 作业前填好通风时间和检测结果（氧、可燃气、有毒气），合格再签字。
               3. 一次作业一张单，作业内容或者时间变了要重新填；审批单留存备查。
               来源：《工贸企业有限空间作业安全规定》（应急管理部令第13号）（样例，由本服务整理），2026年3月1日。
               [1]还要问单位 [2]有帮助，不问了 [3]看《有限空间作业审批单填写不完整》
            U: 还要问单位
            B: 请看一遍：
               1. 单位：云澜区应急管理局
               2. 问题：有限空间作业审批单怎么填
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 提交
            B: 已提交，编号 云指〔2026〕58号，云澜区应急管理局最迟11月24日（周二）答复（从收到次日起算2个工作日），到时我会发给您。急需可致电0000-86000200。
            """;

        await Goes(new Talk(yunlan.Office, yunlan.Qinghe), script);
    }

    [Fact]
    public async Task C31_offered_to_who_has_no_name_too_and_nothing_is_kept() // W28
    {
        var stranger = new Talk(yunlan.Office, Office.Visitor());
        await stranger.Say("匿名咨询");

        Assert.StartsWith("先看看这些是否有帮助：\n【常见问题】动火作业要办什么手续\n1. 先办动火审批", await stranger.Hear("动火作业要办什么手续"), StringComparison.Ordinal);
        Assert.Equal("好的，没有转给单位，您的问题没有保存。需要时随时叫我。", await stranger.Hear("谢谢"));
        Assert.True(stranger.Fleeting);
        Assert.Empty(yunlan.Office.Use(db => db.GuidanceRequests.ToList()));
    }

    [Fact]
    public async Task S19_the_preview_opens_the_guide_of_the_trade()
    {
        yunlan.Inspection();
        const string script =
            """
            U: 检查预告
            B: 贵单位近期有1次检查：12月18日（周五）上午，云澜区应急管理局，工贸企业安全生产检查。
               [1]看检查什么 [2]怎么准备 [3]看合规指引 [4]时间不方便 [5]联系谁 [6]知道了
            U: 看合规指引
            B: 【冶金铸造企业合规指引】
               1. 熔融金属吊运走固定路线，吊运范围内不设休息室、会议室等人员聚集场所。
               2. 炉子、吊具、钢包等关键设备有检查和检测记录，应急储水、储砂等随时可用。
               3. 有限空间先辨识、立台账、挂警示标志；作业前先审批、先通风、再检测，安排专人监护。
               4. 煤气区域装固定式报警仪，进入时带便携式报警仪，两人以上同行。
               5. 新员工上岗前做完三级安全教育，考核合格有记录。
               来源：《工贸企业重大事故隐患判定标准》（应急管理部令第10号），《工贸企业有限空间作业安全规定》（应急管理部令第13号）（样例，由本服务整理），2026年3月1日。
            B: 还想看什么？
               [1]看检查什么 [2]怎么准备 [3]看合规指引 [4]时间不方便 [5]联系谁 [6]知道了
            """;

        await Goes(new Talk(yunlan.Office, yunlan.Qinghe), script);
    }

    [Fact]
    public async Task An_official_looks_things_up_too_and_is_told_when_there_is_nothing()
    {
        const string script =
            """
            U: 合规指引 灭火器
            B: 【消防安全通用指引】
               1. 疏散通道、安全出口不堵、不锁、不占用。
               2. 灭火器、消火栓在位好用，按期检测维修，有记录。
               3. 电气线路不私拉乱接，电动自行车不进楼、不在室内充电。
               4. 动火作业先办审批，清理周边可燃物，有人看护。
               5. 至少每年演练一次（消防安全重点单位每半年一次），新员工上岗前培训。
               来源：《中华人民共和国消防法》第十六条、第二十一条、第二十八条，《机关、团体、企业、事业单位消防安全管理规定》第四十条（样例，由本服务整理），2026年3月1日。
            U: 查案例 直播带货
            B: 资料库里没有找到关于“直播带货”的内容，可以换个说法再查。
            """;

        await Goes(new Talk(yunlan.Office, yunlan.Safety), script);
    }

    [Fact]
    public async Task What_stands_on_another_shelf_is_shown_from_there()
    {
        Assert.StartsWith("典型案例里没有关于“灭火器”的，在", await new Talk(yunlan.Office, yunlan.Qinghe).Hear("查案例 灭火器"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_with_both_yes_and_no_in_it_declines_nothing()
    {
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);
        await talk.Say("合规指引 直播带货的备案");

        Assert.DoesNotContain("好的，需要时随时叫我", await talk.Hear("直播带货要不要备案"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S45_a_unit_sends_in_a_case_the_bureau_takes_it_and_everybody_finds_it()
    {
        const string offered =
            """
            U: 报送案例
            B: 案例的标题是什么？一句话说清做了什么、效果怎样。
            U: 帮一家小厂建起隐患台账
            B: 请写经过：发现了什么、怎么做的、有什么效果。不写企业名称，写“某企业”。
            U: 走访时发现云澜区石桥河食品有限公司没有台账，教他们三步建起来，一个月后复查零隐患。
            B: 请看一遍：
               1. 标题：帮一家小厂建起隐患台账
               2. 经过：走访时发现云澜区石桥河食品有限公司没有台账，教他们三步建起来，一个月后复查零隐患。
               报送吗？要修改请说“改第1项”。[1]报送 [2]修改 [3]不报了
            U: 报送
            B: 案例“帮一家小厂建起隐患台账”里出现了“云澜区石桥河食品有限公司”，请改成“某企业”再报。
            """;
        await Goes(new Talk(yunlan.Office, yunlan.SafetyLiaison), offered);
        const string again =
            """
            U: 报送案例
            B: 案例的标题是什么？一句话说清做了什么、效果怎样。
            U: 帮一家小厂建起隐患台账
            B: 请写经过：发现了什么、怎么做的、有什么效果。不写企业名称，写“某企业”。
            U: 走访时发现某小厂没有隐患台账，教他们三步建起来，一个月后复查零隐患。
            B: 请看一遍：
               1. 标题：帮一家小厂建起隐患台账
               2. 经过：走访时发现某小厂没有隐患台账，教他们三步建起来，一个月后复查零隐患。
               报送吗？要修改请说“改第1项”。[1]报送 [2]修改 [3]不报了
            U: 报送
            B: 已报送，编号 云案例〔2026〕1号。云澜区司法局审核后告诉您结果，采用的企业都能查到。
            """;
        await Goes(new Talk(yunlan.Office, yunlan.SafetyLiaison), again);
        const string taken =
            """
            U: 案例报送
            B: L26-1（云案例〔2026〕1号），云澜区应急管理局11月22日报送：
               帮一家小厂建起隐患台账
               走访时发现某小厂没有隐患台账，教他们三步建起来，一个月后复查零隐患。
               [1]采用 [2]不采用 [3]先不审
            U: 采用
            B: 已采用“帮一家小厂建起隐患台账”，现在就能在“查案例”里查到，也会进入每月推送；报送单位已收到结果。
            U: 采用案例 L26-1
            B: 这个案例已经审过了。说“案例报送”可以看到还没有审的。
            U: 案例报送
            B: 现在没有等着审的案例。
            """;
        await Goes(new Talk(yunlan.Office, yunlan.Bureau), taken);
        Assert.Contains("来源：云澜区应急管理局报送", await new Talk(yunlan.Office, yunlan.Qinghe).Hear("查案例 隐患台账"), StringComparison.Ordinal);
        Assert.Contains("已采用", yunlan.Notice("N134", "LI-U02"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S45_the_monthly_case_is_stopped_by_one_tap_and_had_back_by_another()
    {
        const string script =
            """
            U: 不再收案例
            B: 好的，以后不再每月发案例给您，检查预告和办理进展照常。想查时说“查案例”。
            U: 继续收案例
            B: 好的，每月的典型案例会发给您。
            """;

        await Goes(new Talk(yunlan.Office, yunlan.Qinghe), script);
    }

    [Fact]
    public async Task A_district_without_a_library_says_where_to_go()
    {
        using var bare = new Yunlan();

        Assert.Contains("还没有放合规指引", await new Talk(bare.Office, bare.Qinghe).Hear("合规指引"), StringComparison.Ordinal);
        Assert.Contains("资料库里没有找到", await new Talk(bare.Office, bare.Qinghe).Hear("查案例 粉尘"), StringComparison.Ordinal);
        Assert.Contains("您想请哪个单位指导", await new Talk(bare.Office, bare.Qinghe).Hear("有限空间作业审批单怎么填"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("他们检查时态度很差，还说问题很多")]
    [InlineData("我要投诉他们乱查")]
    public async Task Other_sentences_with_these_words_are_not_taken_for_a_search(string text) =>
        Assert.DoesNotContain("资料库", await new Talk(yunlan.Office, yunlan.Qinghe).Hear(text), StringComparison.Ordinal);

    public void Dispose() => yunlan.Dispose();

    private static async Task Goes(Talk talk, string script)
    {
        var lines = script.ReplaceLineEndings("\n");
        var heard = await talk.Play(lines);
        Assert.Equal(lines, heard);
    }
}
