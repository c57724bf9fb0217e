using System.Numerics;

namespace Bot.Dialogs.Understanding;

/// <summary>What a word of the domain is about.</summary>
internal enum Concept
{
    Inspect, Come, Who, When, How, Want, Ask, Again, Negated, Soon, Past, Enterprise, Official, OtherOne,
    Complain, Misconduct, Refuse, Rate, Praise, Preview, Guide, Subject, Requirement, Feedback, Progress, Waiting, Mine,
    Anonymous, Bind, CodeWord, Unbind, Switch, Verify, Badge, Basis, Frequency, Quiet, Reschedule, Unable, Appeal, Wrong, Outcome,
    Human, Contact, Cancel, Stop, Back, Redo, Help, Usage, Greet, Thanks,
    Register, TaskWord, Merge, Todo, Overdue, Backfill, Publish, Return, CompanyName, CaseHandle, TaskHandle, MergeHandle, SupervisionHandle, ScanTrouble, Recorder, Approve, Letter, Statistic, Observe, Filing, Day,
    Clue, SpotCheck, Library, Figure, Report, SelfExam, Questionnaire, ObserverTask, Trade, Rights, AppealDesk, AddTo, Opinion, Meeting, Joint, Good, Convene, SelfExamState, QuestionResult, QuestionSend, Unrelated, Unlicensed, HandedOver, CommonProblem, FigureDoubt, Trail, CaseMail,
}

/// <summary>
/// The synonym classes of the domain. One row is one concept; a word may serve one concept only, and the longest word at a place wins.
/// Pinyin and English stand beside the Chinese because people without an input method write so.
/// </summary>
internal static class Lexicon
{
    private static readonly (Concept Meaning, string Words)[] Rows =
    [
        (Concept.Inspect, "检查 查 入企 巡查 督查 抽查 双随机 检查组 执法检查 查我们 查厂 jiancha inspection inspect"),
        (Concept.Come, "来 过来 要来 会来 上门 到访 到厂 来人 进来 进门 来过"),
        (Concept.Who, "谁 哪个单位 哪个部门 哪个局 什么人 哪些单位"),
        (Concept.When, "什么时候 啥时候 啥时间 什么时间 何时 哪天 几时 when"),
        (Concept.How, "怎么 如何 怎样 咋 咋办 怎么办 zenme how"),
        (Concept.Want, "我要 我想 想要 申请 需要 想 麻烦 帮我 帮忙 请"),
        (Concept.Ask, "吗 么 呢 什么 是不是 有没有 能不能 可不可以 多少 哪里 在哪"),
        (Concept.Again, "又 再次 反复 老是 总是 天天 重复 多头"),
        (Concept.Negated, "没 没有 未 不 别 无 不让"),
        (Concept.Soon, "最近 近期 下次 下个月 下月 下周 明天 本月 这个月 接下来 今后 将要 往后"),
        (Concept.Past, "昨天 刚才 今天 上次 本次 这次 那次 结束 完了"),
        (Concept.Enterprise, "公司 企业 单位 我们厂 店 厂 我们店 车间 工厂 我厂"),
        (Concept.Official, "检查人员 执法人员 检查员 执法 城管 应急局 环保 消防 市监 网格员 部门 局里 他们 工作人员来 办案人员"),
        (Concept.OtherOne, "另一家 另外一家 第二家 别家 另外的公司 别的公司 其他公司 别的企业 另外一个公司 另一个公司 换一家"),
        (Concept.Complain, "投诉 举报 告状 控告 检举 曝光 揭发 tousu jubao complain complaint tou_su 投拆 投述 头诉 举抱 complaints"),
        (Concept.Misconduct, "态度差 态度很差 态度恶劣 态度不好 粗暴 骂人 刁难 吃拿卡要 请吃饭 吃饭 收东西 收钱 索要 索贿 红包 烟酒 推销 指定购买 摊派 乱检查 乱罚款 乱收费 收费 费用 随意检查 突击检查 没出示 没扫码 没亮证 没亮码 不出示 不亮证 没带证 未出示 未扫码 不扫码 停产 停工 只来了一个 一个人来 单人 其实是检查 变相检查 开单子 不说依据 没说依据 非要 硬要 强行 闯 影响生产 影响经营 耽误 威胁 恐吓 翻东西 乱翻 频繁 太多次 三番五次 老来查 老是来 没完没了 没有依据 没有手续 服务态度 摆架子 官僚 滥用职权 敷衍 多头检查 重复检查 两个部门 几个部门都 强迫 强制 指定的 不给看 不说明 骚扰 无证 没通知 不预告 没预告 没有预告 辱骂 吼 凶 乱开 罚单 三天两头 隔三差五 每周都来 天天来 一天来 乱来 蛮横 吓唬 敲诈 勒索"),
        (Concept.Refuse, "拒绝 可以拒绝 不配合"),
        (Concept.Rate, "评价 打分 评分 好评 差评 中评 点评 评一下 评星 五星 四星 三星 一星 两星 星级 打星 pingjia dafen pingfen rate rating 打个分 打几分 给分 平价一下 评介 review_it"),
        (Concept.Praise, "满意 一般 不错 挺好 很好 还行 还可以 凑合 专业 耐心 周到 点赞 赞 给力 热情 表扬 好样的 负责任 服务好 很差 太差 差劲 效率高 认真 挺满意 夸 夸夸 规范 细致"),
        (Concept.Preview, "预告 检查通知 检查安排 检查计划 入企检查计划 检查日程 日程 安排 抽中 抽到 有检查 通知书 yugao preview schedule 预高 upcoming"),
        (Concept.Guide, "指导 辅导 帮扶 指引 合规 自查 上门指导 行政指导 指点 教 教教 请教 咨询 学习 手册 培训 对照 zhidao guidance 指道 指到 help_us_comply"),
        (Concept.Subject, "台账 审批单 作业票 标签 危废 粉尘 除尘 有限空间 排污 许可证 消防通道 预案 隐患 配电 灭火器 仓库 劳动合同 环评 特种设备 食品 应急预案 整改 标识 培训记录 健康证 叉车 有限空间作业 动火 喷涂 废气 污水 化学品"),
        (Concept.Requirement, "要求 达到 合规标准 该怎么 怎么填 怎么做 怎么贴 怎么写 怎么弄 怎么整改 怎么准备 怎么存放 要不要续 要不要办 缺什么 需要哪些 模板 准备什么 不懂 不会做 不知道怎么"),
        (Concept.Feedback, "意见 建议 提议 留言 反馈 希望 有话说 惠企 能不能增加 最好能 反映 提个 提一个 改进 yijian jianyi fankui feedback suggestion 反溃 小建议 提意见"),
        (Concept.Progress, "进度 到哪 办到哪 哪一步 结果 处理结果 处理得 受理 回复 答复 回音 工单 编号 怎么样了 办得怎么样 有消息 消息了 批了吗 查询 jindu progress status 审了 审核 通过了 有没有结果 下文 进渡 近度 到什么程度 办完了 批下来 办好了 办好没"),
        (Concept.Waiting, "还没 还要等 等几天 等多久 多久 几天 催 催一下 催办 没人理 没动静 都三天 几号能 怎么还 拖 迟迟 一直没 石沉大海"),
        (Concept.Mine, "我那 我上次 我提交 我申请 上次的 那件事 我那个 之前提 我的投诉 我的申请 我的工单 我的事 我反映 我提的 我交的"),
        (Concept.Anonymous, "匿名 不留名 不留名字 不想留名 实名 不实名 不透露 不记名 别记 名字 偷偷 悄悄 保密 不让他们知道 知道是谁 不想说是 哪家企业 穿小鞋 打击报复 报复 不留电话 不留联系方式 不公开身份 隐去 niming anonymous 让别人知道 让人知道 知道我是谁 不登记 不想登记 不写名字 不署名 署名 化名 匿民 匿明 不暴露 暴露"),
        (Concept.Bind, "绑定 绑 关联 认证 添加企业 加企业 注册 登录 加上 加进来 加入企业 绑公司 换公司 bangding bind register 添加 加入 绑上 邦定 帮定 bind_my link 加一家 加个企业 加公司"),
        (Concept.CompanyName, "有限公司 有限责任 股份公司 合作社 个体户 经营部 商行 加工厂"),
        (Concept.CodeWord, "信用代码 统一社会信用代码 营业执照 执照 税号"),
        (Concept.Unbind, "解绑 接绑 解除 离职 辞职 退订 注销 销户 删掉 删除 取消绑定 取消关联 解除绑定 解除关联 不再管 不再负责 不在那 不在这家 不上班 上班了 调走 换人 不要再给我发 别再发 不想收 不要发 取关 jiebang unbind unsubscribe"),
        (Concept.Switch, "切换 切到 切回 换个公司 换一家公司 换成 选择企业 选企业 现在是哪家 哪家 不是这家 名义 身份切换 qiehuan switch"),
        (Concept.Verify, "核验 核实 核对 核一下 验证 真的 真假 假的 冒充 骗子 是不是你们 扫检查码 检查码 亮码 查证 真的吗 验一下 heyan verify"),
        (Concept.Badge, "执法证 证件 证号 工作证 有没有证 有证 没有证 没证 看证 证"),
        (Concept.Basis, "依据 凭什么 根据什么 哪一条 哪条 法律 法规 条款 查哪些 查什么 查哪 检查事项 检查清单 事项清单 清单 检查内容 检查标准 标准 看什么 项目 检查项目 basis"),
        (Concept.Frequency, "频次 上限 最多 几次 多少次 一年 每年 次数 要多久"),
        (Concept.Quiet, "安静日 宁静日 安静期 静默期 不检查 不能查 不许查 免检 anjingri quiet 安净日 按静日"),
        (Concept.Reschedule, "改期 换个时间 换一天 换时间 换日期 改时间 改日期 改到 改天 推迟 延期 延后 往后推 提前 晚几天 约 约个 别的时间 另约 时间不方便 不方便 下午来 上午来 gaiqi reschedule"),
        (Concept.Unable, "停产检修 检修 出差 盘点 没人 放假 不在 来不及 没空 没时间 抽不开身 忙 那天"),
        (Concept.Appeal, "异议 申诉 不服 不认可 不认 不接受结果 复核 复议 重新认定 行政诉讼 冤枉 申辩 shensu appeal"),
        (Concept.Wrong, "不对 不属实 不符 写错 记错 认定错 搞错 弄错 有误 不准确 不属于我们 太重 偏重 不合理 不公"),
        (Concept.Outcome, "检查结果 检查结论 结论 检查记录 认定 处罚 整改通知 罚款 事实 笔录 问题"),
        (Concept.Human, "人工 真人 活人 客服 接线员 找人 专员 跟人说 和人说 工作人员 人说话 转人工 转接 值班 找负责人 找领导 领导来 叫你们领导 联系司法局 rengong kefu human agent person 接个人 坐席 客服人员 真人服务 人功 有人在线 换个人 operator staff"),
        (Concept.Contact, "打电话 电话多少 电话 联系 热线 联系方式"),
        (Concept.Cancel, "取消 算了 放弃 撤回 撤销 作废 终止 中止 退出 点错 按错 不投诉 不举报 不提交 别提交 先不 不想办 不办了 不弄 不用了 不填 不继续 不评价 不申请 不要提交 quxiao cancel exit quit 取肖 取销 曲消 不想继续 不继续了 不玩了"),
        (Concept.Stop, "停 停止 打住 结束 stop"),
        (Concept.Back, "返回 上一步 回到 回去 上一级 上一个 前一个 主菜单 后退 上一题 fanhui back 反回 返会 go_back"),
        (Concept.Return, "退回 驳回 退回去 打回"),
        (Concept.Redo, "重新选 重选 重来 选错 填错 输错 重填 重新填 改一下 从头 重新来"),
        (Concept.Help, "帮助 菜单 指南 bangzhu help menu help_me"),
        (Concept.Usage, "怎么用 使用 功能 能干什么 干什么 干嘛 不会用 操作 使用说明 说明 介绍 有啥用 教教我 能办 办哪些 都能 什么功能 是什么 做什么用 会些什么 会什么 教程 你会 能帮我 有哪些功能 支持什么 what_can_you_do how_to_use 做些什么 做什么的 你是谁"),
        (Concept.Greet, "你好 您好 在吗 在不在 有人吗 早上好 下午好 晚上好 上午好 哈喽 喂 嗨 hello hi hey nihao"),
        (Concept.Thanks, "谢谢 多谢 感谢 麻烦了 辛苦 再见 拜拜 没事了 没别的了 知道了 明白了 好的谢谢 xiexie thanks thank bye"),
        (Concept.Register, "登记 新建 录入 报审 提交审批 加一个 补一个 报一个 上报 创建 建一个 新增 报批 立一个 方案"),
        (Concept.TaskWord, "任务 检查任务 专项 临时 日常检查 去查 去现场 现场检查"),
        (Concept.Merge, "并办 合并 联合检查 牵头 一起去 并到 不能并 并 联合 同去 整合"),
        (Concept.Todo, "待办 要办 今日 快到期 到期 提醒 我的任务 本周检查 几件 待处理"),
        (Concept.Overdue, "超期 逾期 过期 临期"),
        (Concept.Backfill, "回填 录结果 结果录入 结果补录 补录 登记结果 上传检查结果 上传结果 录入结果 填结果 未发现问题 责令改正 当场改正 限期改正 检查完了"),
        (Concept.Publish, "公示 公开"),
        (Concept.ScanTrouble, "不让扫 扫不了 扫不上 拒绝扫 怎么扫 没信号 没网 看不到 补登 扫码 没有执照 没有营业执照 先登记 断网 二维码坏"),
        (Concept.Recorder, "记录仪 执法记录仪 rec"),
        (Concept.Approve, "同意 审批 批准 批一下 批了 不同意 待审 补办 免予 降低检查 准予 报告"),
        (Concept.Letter, "建议书 决定书 预警 整改到期 复查 跟踪 签发 约谈"),
        (Concept.Statistic, "异常 台账情况 比例 抽查哪 哪些单位 应整合 本季度 投诉台账"),
        (Concept.Observe, "观察 观察员 观察意见 五个严禁 我看了 见证 旁听 现场没有"),
        (Concept.Filing, "备案 能查吗 能去 哪天能 最早 上级指定 能安排"),
        (Concept.Day, "号 日 几号 月"),
        (Concept.Clue, "线索 监督线索 疑点 共性问题 不予采用 问题线索 新线索"),
        (Concept.SpotCheck, "季度抽查 抽查单位 抽查名单 抽查结果 抽查方式 抽查记录 案卷评查"),
        (Concept.Library, "案例 典型案例 案例库 常见问题 知识库 问答 三张清单 免罚清单 不予处罚清单 类似的 anli 资料 合规指引 查指引 看指引 找指引 行业指引"),
        (Concept.Figure, "指标 扫码率 公示率 看板 全区数据 本单位数据 单位数据 单位的数据 排第几 统计 排名 报表 数据 tongji"),
        (Concept.Report, "月报 季报 年报 监督报告 工作报告 分析报告 统计报告 季度报告 年度报告 月度报告"),
        (Concept.SelfExam, "季度自查 自查表 单位自查 本季度自查 负责人自查 做自查 提交自查"),
        (Concept.SelfExamState, "自查进度 自查情况 自查通报 没交自查 还没自查 没自查 自查完成 自查填报"),
        (Concept.Questionnaire, "问卷 调查问卷 调查表 问卷调查"),
        (Concept.QuestionResult, "问卷结果 问卷汇总 问卷统计 问卷的结果 收回多少 填了问卷"),
        (Concept.QuestionSend, "发问卷 发放问卷 发起问卷 发一份 给企业发 向企业发"),
        (Concept.ObserverTask, "观察任务 观察员任务 观察员的任务 让我观察 去观察 观察什么"),
        (Concept.Trade, "行业问题 协会 会员企业 行业协会 商会"),
        (Concept.Rights, "检查纪律 八个不得 有什么权利 企业权利 哪些权利 权利义务 五个严禁是什么 五个严禁八个不得 纪律"),
        (Concept.AppealDesk, "申诉台账 申诉件 申诉依据 的申诉 哪些申诉 看看申诉 答复申诉 提供依据 说明依据"),
        (Concept.AddTo, "补充 仍未解决 没解决 没有解决 还没解决 未解决 老样子 处理结果不满意"),
        (Concept.Opinion, "指导性意见 指导意见"),
        (Concept.Meeting, "会议 会商 开会 有什么会 课程 座谈会 联席会议 培训 公益课 约谈会 huiyi"),
        (Concept.Convene, "召集 组织 召开 开个 发会议通知 安排一次 通知各单位 发起会商 约会商 办培训"),
        (Concept.Unrelated, "没关系 没有关系 无关 不适用 自己写的"),
        (Concept.HandedOver, "移送 移交纪委 移交给纪委 移交监委 交给纪委 转给纪委"),
        (Concept.CommonProblem, "普遍问题 普遍性问题 普遍存在 普遍提醒 都有的问题 通病"),
        (Concept.FigureDoubt, "数据异议 数据有异议 数据不对 数据不准 数据有误 数据错了 数据搞错 数据算错 数据有问题 指标不对 指标有误 指标异议 统计不对 统计错了 统计有误 统计异议 算得不对 扫码率不对 公示率不对 排名不对 数字不对 数字错了 异议答复 核实异议 待核实异议"),
        (Concept.Trail, "全程记录 全过程记录 全流程记录 全部记录 办理轨迹 办理经过 全程留痕 留痕记录 操作记录 从头到尾的记录 来龙去脉"),
        (Concept.CaseMail, "月度案例 每月案例 每月的案例 每个月的案例 收案例 收到案例 收那个案例 案例推送 推送案例 发案例 发来案例 案例订阅 订阅案例 退订案例"),
        (Concept.Joint, "联合行动 联合监督行动 联合监督"),
        (Concept.Good, "报一个案例 报送好案例 好案例 案例材料 报送案例 案例报送 推荐案例 报案例 审核案例 推荐典型案例 上报典型案例"),
    ];

    private static readonly WordTable<Concept> Words = new(Rows);

    // Written without spaces ("woyaotousu") these still count; none of them hides in an English word.
    private static readonly WordTable<bool> Pinyin = new([(true, "jiancha tousu jubao pingjia dafen pingfen yugao zhidao yijian jianyi fankui jindu niming bangding jiebang qiehuan heyan anjingri gaiqi shensu rengong kefu quxiao fanhui bangzhu xiexie")]);

    /// <summary>The words of two characters and more that are written in Chinese.</summary>
    public static IEnumerable<string> ChineseWords => Rows.SelectMany(row => row.Words.Split(' ')).Where(word => word.Length > 1 && word.All(Normalise.IsHan));

    /// <summary>The word that begins at the start of a text.</summary>
    public static bool Read(ReadOnlySpan<char> text, out int length, out Concept concept) => Words.Read(text, out length, out concept);

    /// <summary>The concepts in a text, each once, as bits.</summary>
    public static ConceptSet In(string clean)
    {
        var text = clean.AsSpan();
        var found = new ConceptSet();
        for (var i = 0; i < text.Length; i++)
        {
            if (Words.Read(text[i..], out var length, out var concept) && !CutsLatinWord(text, i, length)) found = found.With(concept);
            if (IsChoiceQuestion(text, i)) found = found.With(Concept.Ask);
        }

        if (UnlicensedTalk.Is(clean)) found = found.With(Concept.Unlicensed);
        if (CaseNumbers.Find(clean) is not null || CaseNumbers.LookupCode(clean) is not null) found = found.With(Concept.CaseHandle);
        return CaseNumbers.Handle(clean) is { } handle ? found.With(KindOf(handle)) : found;
    }

    // 来不来, 有没有: a verb around its own negation is a question.
    private static bool IsChoiceQuestion(ReadOnlySpan<char> text, int i) =>
        i + 2 < text.Length && text[i + 1] is '不' or '没' && text[i] == text[i + 2] && Normalise.IsHan(text[i]);

    private static Concept KindOf(string handle) => handle[0] switch
    {
        'M' => Concept.MergeHandle,
        'T' => Concept.TaskHandle,
        'S' => Concept.SupervisionHandle,
        'G' or 'K' => Concept.CaseHandle,
        _ => Concept.Enterprise,
    };

    private static bool CutsLatinWord(ReadOnlySpan<char> text, int from, int length) =>
        char.IsAsciiLetter(text[from]) && !Pinyin.Has(text.Slice(from, length)) && (from > 0 && char.IsAsciiLetter(text[from - 1]) || from + length < text.Length && char.IsAsciiLetter(text[from + length]));
}

/// <summary>A set of concepts in two words of memory.</summary>
internal readonly record struct ConceptSet(ulong Low, ulong High)
{
    public bool HasAll(ConceptSet others) => (others.Low & ~Low) == 0 && (others.High & ~High) == 0;

    public bool HasAny(ConceptSet others) => (others.Low & Low) != 0 || (others.High & High) != 0;

    public static ConceptSet Of(IEnumerable<Concept> concepts) => concepts.Aggregate(new ConceptSet(), (set, concept) => set.With(concept));

    /// <summary>Writes the concepts in rising order and answers how many there are.</summary>
    public int List(Span<int> into)
    {
        var count = 0;
        for (var bits = Low; bits != 0; bits &= bits - 1) into[count++] = BitOperations.TrailingZeroCount(bits);
        for (var bits = High; bits != 0; bits &= bits - 1) into[count++] = 64 + BitOperations.TrailingZeroCount(bits);
        return count;
    }

    public bool Has(Concept concept) => ((int)concept < 64 ? Low >> (int)concept : High >> ((int)concept - 64)) % 2 == 1;

    public ConceptSet With(Concept concept) => (int)concept < 64 ? this with { Low = Low | 1UL << (int)concept } : this with { High = High | 1UL << ((int)concept - 64) };
}
