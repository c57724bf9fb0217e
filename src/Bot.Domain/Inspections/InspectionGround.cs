namespace Bot.Domain.Inspections;

/// <summary>Why an inspection takes place (检查事由): a plan (J10), or one of the grounds that need none (J11, J12).</summary>
public enum InspectionGround
{
    Plan,
    Complaint,
    Assigned,
    CaseHandling,
    DataMonitoring,
    EnterpriseRequest,
    Urgent,
    Other,
}

public static class InspectionGrounds
{
    private static readonly Dictionary<InspectionGround, string> Names = new()
    {
        [InspectionGround.Plan] = "计划",
        [InspectionGround.Complaint] = "投诉举报",
        [InspectionGround.Assigned] = "转办交办",
        [InspectionGround.CaseHandling] = "执法办案",
        [InspectionGround.DataMonitoring] = "数据监测",
        [InspectionGround.EnterpriseRequest] = "企业申请",
        [InspectionGround.Urgent] = "紧急",
        [InspectionGround.Other] = "其他",
    };

    public static string Name(this InspectionGround ground) => Names[ground];

    public static InspectionGround? Named(string name) => Names.FirstOrDefault(pair => pair.Value == name) is { Value: not null } pair ? pair.Key : null;

    /// <summary>Complaints, assigned clues, monitoring, cases: looked into at once, whatever day it is (J15, D20).</summary>
    public static bool NeedsPromptness(this InspectionGround ground) =>
        ground is InspectionGround.Complaint or InspectionGround.Assigned or InspectionGround.CaseHandling or InspectionGround.DataMonitoring or InspectionGround.Urgent;
}
