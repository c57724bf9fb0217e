using Bot.Domain.Inspections;

namespace Bot.Domain.Previews;

/// <summary>Kinds of inspection as people read them (J07).</summary>
public static class InspectionWords
{
    public static string Of(InspectionType type) => type switch
    {
        InspectionType.Daily => "日常检查",
        InspectionType.Special => "专项检查",
        _ => "临时检查",
    };
}
