using Bot.Domain.Appeals;
using Bot.Domain.Audit;
using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Deadlines;
using Bot.Domain.Door;
using Bot.Domain.Drawing;
using Bot.Domain.Duties;
using Bot.Domain.Figures;
using Bot.Domain.Guidance;
using Bot.Domain.Inspections;
using Bot.Domain.Merging;
using Bot.Domain.Monitoring;
using Bot.Domain.Notices;
using Bot.Domain.Observers;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Domain.Previews;
using Bot.Domain.Ratings;
using Bot.Domain.Results;
using Bot.Domain.SpotChecks;
using Bot.Domain.Supervision;
using Bot.Domain.Sweep;
using Bot.Domain.Transfers;
using Bot.Domain.Unlicensed;
using Bot.Domain.Visits;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Domain;

public static class DomainRegistration
{
    /// <summary>
    /// Registers the handlers, the pipeline and what they share. The host adds <see cref="ISupervisionDb"/>, <c>RulePack</c>,
    /// <c>CalendarBook</c>, <c>ChinaClock</c> and <see cref="NoticeWording"/>.
    /// </summary>
    public static IServiceCollection AddDomain(this IServiceCollection services)
    {
        // MediatR 5 brings no registration of its own.
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(WatchedBoundary<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Permitted<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(CountedQuietDays<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(WithinBounds<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Recorded<,>));
        foreach (var handler in typeof(DomainRegistration).Assembly.GetTypes().Where(type => !type.IsAbstract))
        {
            foreach (var contract in handler.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)))
                services.AddScoped(contract, handler);
        }

        // A database context costs more than most queries; who may not need one asks for it late.
        services.AddScoped(provider => new Lazy<ISupervisionDb>(provider.GetRequiredService<ISupervisionDb>));
        services.AddSingleton<KnownUnits>();
        services.AddScoped<AuditTrail>();
        services.AddScoped<DeadlineBook>();
        services.AddScoped<ThoseWhoWait>();
        services.AddScoped<NoticeBoard>();
        services.AddScoped<LapsedBindings>();
        services.AddScoped<BindingCodes>();
        services.AddScoped<Leaving>();
        services.AddScoped<Erasure>();
        services.AddScoped<AppealDesk>();
        services.AddScoped<ComplaintDesk>();
        services.AddScoped<ComplaintProgressReader>();
        services.AddScoped<RunOutCodes>();
        services.AddScoped<UnlicensedDesk>();
        services.AddScoped<UnlicensedProgressReader>();
        services.AddScoped<SupervisionDesk>();
        services.AddScoped<SameMatter>();
        services.AddScoped<HotlineTickets>();
        services.AddScoped<GuidanceRegister>();
        services.AddScoped<MergeRegister>();
        services.AddScoped<Matching>();
        services.AddScoped<CarryOutMerge>();
        services.AddScoped<Arrivals>();
        services.AddScoped<TaskDeadlines>();
        services.AddScoped<ResultDesk>();
        services.AddScoped<RatingInvitations>();
        services.AddScoped<ObservationOffers>();
        services.AddScoped<VisitAlarms>();
        services.AddScoped<ReportedInspections>();
        services.AddScoped<AnomalyDesk>();
        services.AddScoped<QuietDayBook>();
        services.AddScoped<PlanRegister>();
        services.AddScoped<PlanRows>();
        services.AddScoped<ItemBook>();
        services.AddScoped<DrawRegister>();
        services.AddScoped<TaskRegister>();
        services.AddScoped<PreviewDesk>();
        services.AddScoped<Books>();
        services.AddScoped<DayRound>();
        services.AddScoped<ClueBooks>();
        services.AddScoped<ClueDesk>();
        services.AddScoped<SpotCheckBook>();
        services.AddScoped<ReferralDesk>();
        services.AddScoped<MergeAnswers>();
        services.AddScoped<MergeViews>();
        services.AddScoped<MonthlyWord>();
        services.AddScoped<DutyBooks>();
        services.AddScoped<FigureBooks>();
        services.AddScoped<FigureLists>();
        services.AddScoped<ObjectionDays>();
        return services;
    }
}
