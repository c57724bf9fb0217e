using Bot.Domain.Commands;
using Bot.Domain.People;

namespace Bot.Import;

/// <summary>
/// 人员: officials from the roster, legal observers, and the contacts that an enterprise has named to the registry. An enterprise's contact is
/// bound by this file because whoever keeps the registry has checked it (design.md decision 8).
/// </summary>
internal static class People
{
    private static readonly Column Id = new("id", "人员编号");
    private static readonly Column Name = new("name", "姓名");
    private static readonly Column Role = new("role", "身份");
    private static readonly Column Unit = new("unit", "单位编号");
    private static readonly Column Title = new("title", "职务");
    private static readonly Column Phone = new("phone", "电话");
    private static readonly Column Certificate = new("certificate", "执法证号");
    private static readonly Column CertificateValidTo = new("certificateValidTo", "执法证有效期至");
    private static readonly Column CertificateStatus = new("certificateStatus", "执法证状态");
    private static readonly Column TermFrom = new("termFrom", "聘期自");
    private static readonly Column TermTo = new("termTo", "聘期至");
    private static readonly Column WeChat = new("wechat", "公众号用户标识");
    private static readonly Column WeCom = new("wecom", "企业微信账号");
    private static readonly Column Enterprises = new("enterprises", "代表的企业", Many: true);
    private static readonly Column ContactRole = new("contactRole", "在企业的身份");
    private static readonly Column GuidanceDesk = new("guidanceDesk", "指导接待岗");
    private static readonly Column ComplaintDesk = new("complaintDesk", "投诉处理专岗");

    public static Kind Kind { get; } = new(
        "people",
        "人员",
        [
            Id, Name, Role, Unit, Title, Phone, Certificate, CertificateValidTo, CertificateStatus, TermFrom, TermTo, WeChat, WeCom, Enterprises, ContactRole, GuidanceDesk, ComplaintDesk,
        ],
        Take);

    private static void Take(Line line, Registry registry)
    {
        var id = registry.Once(line, Id);
        var role = line.OneOf(
            Role,
            ("企业用户", ActorRole.EnterpriseUser),
            (nameof(ActorRole.EnterpriseUser), ActorRole.EnterpriseUser),
            ("执法人员", ActorRole.Inspector),
            (nameof(ActorRole.Inspector), ActorRole.Inspector),
            ("单位负责人", ActorRole.UnitLeader),
            (nameof(ActorRole.UnitLeader), ActorRole.UnitLeader),
            ("单位联络员", ActorRole.UnitLiaison),
            (nameof(ActorRole.UnitLiaison), ActorRole.UnitLiaison),
            ("司法局监督人员", ActorRole.Supervisor),
            (nameof(ActorRole.Supervisor), ActorRole.Supervisor),
            ("法治观察员", ActorRole.LegalObserver),
            (nameof(ActorRole.LegalObserver), ActorRole.LegalObserver));
        var ofUnit = role is ActorRole.Inspector or ActorRole.UnitLeader or ActorRole.UnitLiaison;
        var unit = ofUnit ? line.Reference(Unit, registry.Units) : line.OptionalReference(Unit, registry.Units);
        var person = new Person(id, line.Text(Name), role, unit, line.OptionalText(Title)) { Phone = line.OptionalText(Phone), OnComplaintDesk = line.Flag(ComplaintDesk) }
            .WithCertificate(line.OptionalText(Certificate), line.OptionalDate(CertificateValidTo), line.OptionalText(CertificateStatus));
        if (role == ActorRole.LegalObserver)
            Appoint(person, line);
        registry.Put(person);
        Reach(line, registry, WeChat, "wechat", id);
        Reach(line, registry, WeCom, "wecom", id);
        Bind(line, registry, id, role);
        if (line.Flag(GuidanceDesk) && unit is not null)
            registry.SeatAtGuidanceDesk(unit, id);
    }

    private static void Appoint(Person observer, Line line)
    {
        var (from, to) = (line.Date(TermFrom), line.Date(TermTo));
        if (to < from)
            line.Report(TermTo, "早于聘期的开始");
        observer.WithTerm(from, to);
    }

    private static void Reach(Line line, Registry registry, Column column, string channel, string personId)
    {
        if (line.OptionalText(column) is not { } written)
            return;

        // A userid is the same in any case, and the platform writes it now so, now so.
        var externalId = column == WeCom ? written.ToLowerInvariant() : written;
        if (registry.OwnerOfAddress(channel, externalId) is { } owner && owner != personId)
            line.Report(column, $"已经是人员{owner}的");
        else
            registry.PutAddress(channel, externalId, personId);
    }

    private static void Bind(Line line, Registry registry, string personId, ActorRole role)
    {
        if (line.Has(Enterprises) && role != ActorRole.EnterpriseUser)
            line.Report(Enterprises, "只有企业用户可以代表企业");
        foreach (var enterprise in line.References(Enterprises, registry.Enterprises))
            registry.Bind(personId, enterprise, line.OptionalText(ContactRole) ?? "办事人员");
    }
}
