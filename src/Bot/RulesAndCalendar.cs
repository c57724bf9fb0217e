using Bot.Domain.Calendar;
using Bot.Domain.Forms;
using Bot.Domain.Monitoring;
using Bot.Domain.Notices;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using Bot.Domain.Supervision;

namespace Bot;

public static class RulesAndCalendar
{
    /// <summary>What an operator keeps in the manifests' folder: the district's numbers, the holidays, the wording of notices.</summary>
    /// <exception cref="Bot.Domain.Manifests.ManifestException">A file is wrong; the service does not start on half-read rules.</exception>
    public static void AddRulesAndCalendar(this IServiceCollection services, Settings settings)
    {
        var rules = RulePack.Load(Path.Combine(settings.Manifests, "rules"), settings.District);
        services.AddSingleton(rules);
        services.AddSingleton(new CalendarBook(new WorkingCalendar(HolidayNotices.Load(Path.Combine(settings.Manifests, "holidays")))));
        services.AddSingleton(NoticeWording.Load(Path.Combine(settings.Manifests, "notices.json")));
        services.AddSingleton(LeniencyLists.Load(Path.Combine(settings.Manifests, "lists")));
        services.AddSingleton(FormBook.Load(Path.Combine(settings.Manifests, "forms"), rules));
        services.AddSingleton(RiskIndicators.Load(settings.Manifests));
        services.AddSingleton(PaperBook.Load(settings.Manifests));
        services.AddSingleton<ChinaClock>();
    }
}
