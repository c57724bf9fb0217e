CREATE TABLE "Addresses" (
    "Channel" TEXT NOT NULL,
    "ExternalId" TEXT NOT NULL,
    "PersonId" TEXT NULL,
    "LastSeenAt" TEXT NULL,
    "MessagesLeft" INTEGER NOT NULL,
    "MessagesUntil" TEXT NULL,
    "TapsLeft" INTEGER NOT NULL,
    "TapsUntil" TEXT NULL,
    "UnreachableSince" TEXT NULL,
    "Awaited" INTEGER NOT NULL,
    "CameBackAt" TEXT NULL,
    "ShownAsBound" INTEGER NOT NULL,
    "StoppedFor" TEXT NULL,
    "AccessChangedAt" TEXT NULL,
    CONSTRAINT "PK_Addresses" PRIMARY KEY ("Channel", "ExternalId")
);


CREATE TABLE "Anomalies" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Anomalies" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "Source" TEXT NOT NULL,
    "SourceId" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "Indicator" TEXT NOT NULL,
    "Value" TEXT NOT NULL,
    "Threshold" TEXT NOT NULL,
    "Level" TEXT NOT NULL,
    "Urgent" INTEGER NOT NULL,
    "SeenAt" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "HandledById" TEXT NULL,
    "HandedToId" TEXT NULL,
    "SetAsideBecause" TEXT NULL,
    "TaskId" TEXT NULL
);


CREATE TABLE "Appeals" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Appeals" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "TaskId" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "EvidenceIds" TEXT NOT NULL,
    "FiledAt" TEXT NOT NULL,
    "Stage" TEXT NOT NULL,
    "Basis" TEXT NULL,
    "Explanation" TEXT NULL,
    "BasisFileIds" TEXT NOT NULL,
    "ExplainedById" TEXT NULL,
    "ExplainedOn" TEXT NULL,
    "Outcome" TEXT NULL,
    "Finding" TEXT NULL,
    "Reason" TEXT NULL,
    "AnsweredOn" TEXT NULL
);


CREATE TABLE "BindingCodes" (
    "Hash" TEXT NOT NULL CONSTRAINT "PK_BindingCodes" PRIMARY KEY,
    "EnterpriseId" TEXT NOT NULL,
    "ContactRole" TEXT NULL,
    "IssuedById" TEXT NOT NULL,
    "IssuedAt" TEXT NOT NULL,
    "ExpiresAt" TEXT NOT NULL,
    "UsedAt" TEXT NULL,
    "UsedById" TEXT NULL
);


CREATE TABLE "Bindings" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Bindings" PRIMARY KEY,
    "PersonId" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "ContactRole" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "RequestedAt" TEXT NOT NULL,
    "ExpiresAt" TEXT NULL
);


CREATE TABLE "CalendarLinks" (
    "PersonId" TEXT NOT NULL CONSTRAINT "PK_CalendarLinks" PRIMARY KEY,
    "Hash" TEXT NOT NULL,
    "Channel" TEXT NOT NULL,
    "Role" TEXT NOT NULL,
    "UnitId" TEXT NULL,
    "MadeAt" TEXT NOT NULL
);


CREATE TABLE "ClueEvidence" (
    "UnitId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "EvidenceId" TEXT NOT NULL,
    "ClueId" TEXT NOT NULL,
    "On" TEXT NOT NULL,
    "InWords" TEXT NOT NULL,
    CONSTRAINT "PK_ClueEvidence" PRIMARY KEY ("Kind", "UnitId", "EvidenceId")
);


CREATE TABLE "Clues" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Clues" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Matter" TEXT NOT NULL,
    "Summary" TEXT NOT NULL,
    "Clause" TEXT NOT NULL,
    "EvidenceIds" TEXT NOT NULL,
    "EvidenceCount" INTEGER NOT NULL,
    "OtherUnitIds" TEXT NOT NULL,
    "FoundOn" TEXT NOT NULL,
    "LastFoundOn" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "CaseId" TEXT NULL,
    "SetAsideBecause" TEXT NULL,
    "HandledById" TEXT NULL,
    "HandledOn" TEXT NULL
);


CREATE TABLE "CommonProblems" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_CommonProblems" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "Quarter" TEXT NOT NULL,
    "UnitIds" TEXT NOT NULL,
    "FoundOn" TEXT NOT NULL,
    "RemindedOn" TEXT NULL,
    "Example" TEXT NULL
);


CREATE TABLE "ComplaintRemarks" (
    "ComplaintId" TEXT NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Word" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "EvidenceIds" TEXT NOT NULL,
    "On" TEXT NOT NULL,
    CONSTRAINT "PK_ComplaintRemarks" PRIMARY KEY ("ComplaintId", "Ordinal")
);


CREATE TABLE "Complaints" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Complaints" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "OccurredOn" TEXT NULL,
    "OccurredAt" TEXT NULL,
    "AgainstUnitId" TEXT NULL,
    "Text" TEXT NOT NULL,
    "EvidenceIds" TEXT NOT NULL,
    "SourceId" TEXT NULL,
    "PersonId" TEXT NULL,
    "HotlineTicket" TEXT NULL,
    "KeptFromIds" TEXT NOT NULL,
    "JoinedTo" TEXT NULL,
    "NotSameAs" TEXT NOT NULL,
    "EnterpriseId" TEXT NULL,
    "CodeHash" TEXT NULL,
    "Stage" TEXT NOT NULL,
    "ReceivedAt" TEXT NOT NULL,
    "Difficult" INTEGER NOT NULL,
    "ExtendedBecause" TEXT NULL,
    "Finding" TEXT NULL,
    "Action" TEXT NULL,
    "Reason" TEXT NULL,
    "ResolvedOn" TEXT NULL,
    "TransferredTo" TEXT NULL,
    "TransferDocument" TEXT NULL,
    "TransferredOn" TEXT NULL,
    "TransferTold" INTEGER NOT NULL,
    "Reviews" INTEGER NOT NULL,
    "Grade" TEXT NULL,
    "LastStepOn" TEXT NULL
);


CREATE TABLE "Conflicts" (
    "PersonId" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "DeclaredOn" TEXT NOT NULL,
    CONSTRAINT "PK_Conflicts" PRIMARY KEY ("PersonId", "EnterpriseId")
);


CREATE TABLE "Deadlines" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Deadlines" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "SubjectId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "UnitId" TEXT NULL,
    "HandlerIds" TEXT NOT NULL,
    "OtherUnitIds" TEXT NOT NULL,
    "StartedOn" TEXT NOT NULL,
    "Amount" INTEGER NOT NULL,
    "PeriodUnit" TEXT NOT NULL,
    "Clause" TEXT NOT NULL,
    "DueOn" TEXT NOT NULL,
    "FirstDueOn" TEXT NOT NULL,
    "Provisional" INTEGER NOT NULL,
    "RecountedAt" TEXT NULL,
    "MetAt" TEXT NULL,
    "DroppedAt" TEXT NULL,
    "NextStepAt" TEXT NULL,
    "StepsDone" INTEGER NOT NULL,
    "DelayReason" TEXT NULL,
    "DelayExplainedAt" TEXT NULL
);


CREATE TABLE "DirectoryUpdates" (
    "Directory" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "LastOn" TEXT NOT NULL,
    CONSTRAINT "PK_DirectoryUpdates" PRIMARY KEY ("Directory", "UnitId")
);


CREATE TABLE "DraftLinks" (
    "Hash" TEXT NOT NULL CONSTRAINT "PK_DraftLinks" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "Form" TEXT NOT NULL,
    "Argument" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "Channel" TEXT NOT NULL,
    "Role" TEXT NOT NULL,
    "UnitId" TEXT NULL,
    "ExpiresAt" TEXT NOT NULL
);


CREATE TABLE "DrawnObjects" (
    "DrawId" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Weight" INTEGER NOT NULL,
    "WeightReason" TEXT NOT NULL,
    "InspectorIds" TEXT NOT NULL,
    CONSTRAINT "PK_DrawnObjects" PRIMARY KEY ("DrawId", "EnterpriseId")
);


CREATE TABLE "Draws" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Draws" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "Year" INTEGER NOT NULL,
    "Objects" TEXT NOT NULL,
    "Ratio" TEXT NOT NULL,
    "Type" TEXT NOT NULL,
    "PlanId" TEXT NULL,
    "Seed" TEXT NOT NULL,
    "DrawnBy" TEXT NOT NULL,
    "DrawnOn" TEXT NOT NULL,
    "DrawnAt" TEXT NOT NULL,
    "ObjectsHash" TEXT NOT NULL,
    "InspectorsHash" TEXT NOT NULL,
    "ListSize" INTEGER NOT NULL,
    "List" TEXT NOT NULL,
    "Inspectors" TEXT NOT NULL,
    "Redraws" TEXT NOT NULL,
    "OverCapReason" TEXT NULL
);


CREATE TABLE "Enterprises" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Enterprises" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "CreditCode" TEXT NULL,
    "Town" TEXT NOT NULL,
    "Industry" TEXT NOT NULL,
    "IndustryCode" TEXT NOT NULL,
    "IndustryAndTrade" INTEGER NOT NULL,
    "Employees" INTEGER NOT NULL,
    "CreditLevel" TEXT NOT NULL,
    "RiskLevel" TEXT NOT NULL,
    "LongTermTopCredit" INTEGER NOT NULL,
    "FlexibleWhitelist" INTEGER NOT NULL,
    "AnnualOnSiteCapPerUnit" INTEGER NULL,
    "MovedOn" TEXT NULL,
    "Abnormal" INTEGER NOT NULL,
    "ComplaintsThisYear" INTEGER NOT NULL
);


CREATE TABLE "Feedback" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Feedback" PRIMARY KEY,
    "Number" TEXT NULL,
    "TaskId" TEXT NULL,
    "UnitId" TEXT NULL,
    "Score" INTEGER NULL,
    "Text" TEXT NOT NULL,
    "PersonId" TEXT NULL,
    "GivenOn" TEXT NOT NULL
);


CREATE TABLE "FigureObjections" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_FigureObjections" PRIMARY KEY,
    "UnitId" TEXT NOT NULL,
    "PeriodId" TEXT NOT NULL,
    "Measure" TEXT NOT NULL,
    "Shown" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "FiledOn" TEXT NOT NULL,
    "Upheld" INTEGER NULL,
    "Answer" TEXT NULL,
    "AnsweredById" TEXT NULL,
    "AnsweredOn" TEXT NULL
);


CREATE TABLE "FilledForms" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_FilledForms" PRIMARY KEY,
    "FormId" TEXT NOT NULL,
    "FormVersion" INTEGER NOT NULL,
    "SubjectId" TEXT NOT NULL,
    "UnitId" TEXT NULL,
    "PersonId" TEXT NULL,
    "GivenOn" TEXT NULL,
    "Answers" TEXT NOT NULL
);


CREATE TABLE "GuidanceRequests" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_GuidanceRequests" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "EnterpriseId" TEXT NULL,
    "AskedById" TEXT NULL,
    "LookupHash" TEXT NULL,
    "TaskId" TEXT NULL,
    "Question" TEXT NOT NULL,
    "FileIds" TEXT NOT NULL,
    "ReceivedAt" TEXT NOT NULL,
    "Answer" TEXT NULL,
    "Basis" TEXT NOT NULL,
    "Steps" TEXT NOT NULL,
    "AnsweredAt" TEXT NULL,
    "AnsweredById" TEXT NULL,
    "Useful" INTEGER NULL,
    "Moves" INTEGER NOT NULL,
    "ReturnReason" TEXT NULL,
    "UrgedOn" TEXT NULL
);


CREATE TABLE "GuidingOpinions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_GuidingOpinions" PRIMARY KEY,
    "Problem" TEXT NOT NULL,
    "Rule" TEXT NOT NULL,
    "Facts" TEXT NOT NULL,
    "UnitIds" TEXT NOT NULL,
    "FoundOn" TEXT NOT NULL,
    "Number" TEXT NULL,
    "Advice" TEXT NOT NULL,
    "IssuedOn" TEXT NULL
);


CREATE TABLE "HelpRequests" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_HelpRequests" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "Phone" TEXT NULL,
    "AskedAt" TEXT NOT NULL,
    "Answer" TEXT NULL,
    "AnsweredAt" TEXT NULL
);


CREATE TABLE "InspectionCodes" (
    "TaskId" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    "Hash" TEXT NOT NULL,
    "IssuedById" TEXT NOT NULL,
    "IssuedAt" TEXT NOT NULL,
    CONSTRAINT "PK_InspectionCodes" PRIMARY KEY ("TaskId", "Version")
);


CREATE TABLE "ItemVersions" (
    "ItemId" TEXT NOT NULL,
    "From" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Basis" TEXT NOT NULL,
    "Content" TEXT NOT NULL,
    "Method" TEXT NOT NULL,
    "RepealedOn" TEXT NULL,
    CONSTRAINT "PK_ItemVersions" PRIMARY KEY ("ItemId", "From")
);


CREATE TABLE "Items" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Items" PRIMARY KEY,
    "UnitId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Basis" TEXT NOT NULL,
    "Content" TEXT NOT NULL,
    "Method" TEXT NOT NULL,
    "Objects" TEXT NOT NULL,
    "Frequency" TEXT NOT NULL,
    "Published" INTEGER NOT NULL,
    "FixedByLaw" INTEGER NOT NULL,
    "FixedByLawBecause" TEXT NOT NULL,
    "Standards" TEXT NOT NULL,
    "Review" TEXT NOT NULL,
    "ReviewNote" TEXT NOT NULL,
    "RepealedOn" TEXT NULL,
    "RepealedBecause" TEXT NOT NULL
);


CREATE TABLE "JointActions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_JointActions" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "Field" TEXT NOT NULL,
    "Measures" TEXT NOT NULL,
    "LeadUnitId" TEXT NOT NULL,
    "MemberUnitIds" TEXT NOT NULL,
    "From" TEXT NOT NULL,
    "To" TEXT NOT NULL,
    "PlannedById" TEXT NOT NULL,
    "Outcome" TEXT NULL,
    "ClosedOn" TEXT NULL
);


CREATE TABLE "KnowledgeEntries" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_KnowledgeEntries" PRIMARY KEY AUTOINCREMENT,
    "Key" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Points" TEXT NOT NULL,
    "Source" TEXT NOT NULL,
    "DatedOn" TEXT NOT NULL,
    "Trades" TEXT NOT NULL,
    "Public" INTEGER NOT NULL,
    "Place" INTEGER NOT NULL,
    "OfferId" TEXT NULL,
    "TitleTerms" TEXT NOT NULL,
    "Terms" TEXT NOT NULL,
    "Stamp" TEXT NOT NULL
);


CREATE TABLE "KnowledgeTerms" (
    "Term" TEXT NOT NULL,
    "Stretch" INTEGER NOT NULL,
    "Entries" INTEGER NOT NULL,
    "Places" BLOB NOT NULL,
    CONSTRAINT "PK_KnowledgeTerms" PRIMARY KEY ("Term", "Stretch")
);


CREATE TABLE "MeetingPacks" (
    "Hash" TEXT NOT NULL CONSTRAINT "PK_MeetingPacks" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "Document" BLOB NOT NULL,
    "MadeById" TEXT NOT NULL,
    "Until" TEXT NOT NULL
);


CREATE TABLE "Meetings" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Meetings" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Topic" TEXT NOT NULL,
    "Agenda" TEXT NOT NULL,
    "On" TEXT NOT NULL,
    "From" TEXT NOT NULL,
    "To" TEXT NOT NULL,
    "Place" TEXT NOT NULL,
    "UnitIds" TEXT NOT NULL,
    "EnterpriseIds" TEXT NOT NULL,
    "InvitedIds" TEXT NOT NULL,
    "CalledById" TEXT NOT NULL,
    "CancelledBecause" TEXT NULL,
    "Sequence" INTEGER NOT NULL,
    "ChangedAt" TEXT NOT NULL,
    "Token" TEXT NOT NULL
);


CREATE TABLE "MergePairs" (
    "TaskId" TEXT NOT NULL,
    "OtherTaskId" TEXT NOT NULL,
    "PromptId" TEXT NOT NULL,
    CONSTRAINT "PK_MergePairs" PRIMARY KEY ("TaskId", "OtherTaskId")
);


CREATE TABLE "MergePrompts" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_MergePrompts" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "Scope" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "TaskIds" TEXT NOT NULL,
    "IssuedAt" TEXT NOT NULL,
    "LeadTaskId" TEXT NULL,
    "LeadSection" TEXT NULL,
    "On" TEXT NULL,
    "HalfDay" TEXT NOT NULL,
    "ProposedByUnitId" TEXT NULL,
    "State" TEXT NOT NULL,
    "HandledAt" TEXT NULL,
    "Late" INTEGER NOT NULL,
    "Because" TEXT NULL,
    "Imported" INTEGER NOT NULL,
    "Changes" INTEGER NOT NULL
);


CREATE TABLE "Notices" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Notices" PRIMARY KEY,
    "Key" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "Fields" TEXT NOT NULL,
    "Actions" TEXT NOT NULL,
    "SubjectId" TEXT NOT NULL,
    "Urgent" INTEGER NOT NULL,
    "Digest" INTEGER NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "NextAttemptAt" TEXT NOT NULL,
    "SentAt" TEXT NULL,
    "SentBy" TEXT NULL,
    "SentAs" TEXT NULL,
    "LastError" TEXT NULL,
    "Receipt" TEXT NULL,
    "FailedRoute" TEXT NULL,
    "RevivedAt" TEXT NULL,
    "PageToken" TEXT NULL,
    "PageUntil" TEXT NULL
);


CREATE TABLE "NumberSeries" (
    "Series" TEXT NOT NULL,
    "Year" INTEGER NOT NULL,
    "Last" INTEGER NOT NULL,
    CONSTRAINT "PK_NumberSeries" PRIMARY KEY ("Series", "Year")
);


CREATE TABLE "ObservationPeriods" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ObservationPeriods" PRIMARY KEY,
    "TaskId" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "Matter" TEXT NOT NULL,
    "WhatToDo" TEXT NOT NULL,
    "Until" TEXT NOT NULL,
    "SetById" TEXT NOT NULL,
    "SetOn" TEXT NOT NULL,
    "RemindedOn" TEXT NULL,
    "EndNotedOn" TEXT NULL,
    "Kept" INTEGER NULL,
    "Seen" TEXT NULL,
    "ClosedById" TEXT NULL,
    "ClosedOn" TEXT NULL
);


CREATE TABLE "ObservationTasks" (
    "PersonId" TEXT NOT NULL,
    "Month" TEXT NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "TaskId" TEXT NULL,
    "State" TEXT NOT NULL,
    CONSTRAINT "PK_ObservationTasks" PRIMARY KEY ("PersonId", "Month", "Ordinal")
);


CREATE TABLE "Observations" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Observations" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "TaskId" TEXT NULL,
    "UnitId" TEXT NULL,
    "FormVersion" INTEGER NOT NULL,
    "Answers" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "FileIds" TEXT NOT NULL,
    "On" TEXT NOT NULL
);


CREATE TABLE "OfferedCases" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_OfferedCases" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "ById" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "OfferedOn" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "DeclinedBecause" TEXT NULL
);


CREATE TABLE "People" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_People" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "Role" TEXT NOT NULL,
    "UnitId" TEXT NULL,
    "Title" TEXT NULL,
    "Phone" TEXT NULL,
    "CertificateNumber" TEXT NULL,
    "CertificateValidTo" TEXT NULL,
    "CertificateStatus" TEXT NULL,
    "TermFrom" TEXT NULL,
    "TermTo" TEXT NULL,
    "CurrentEnterpriseId" TEXT NULL,
    "OnComplaintDesk" INTEGER NOT NULL,
    "RemindAt" TEXT NULL,
    "WithoutMonthlyCase" INTEGER NOT NULL
);


CREATE TABLE "PlanLines" (
    "PlanId" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Target" TEXT NOT NULL,
    "EnterpriseId" TEXT NULL,
    "ItemIds" TEXT NOT NULL,
    "MonthFrom" INTEGER NOT NULL,
    "MonthTo" INTEGER NOT NULL,
    "Ratio" TEXT NOT NULL,
    "Visits" INTEGER NOT NULL,
    "Way" TEXT NOT NULL,
    "JointUnitIds" TEXT NOT NULL,
    "Division" TEXT NOT NULL,
    "Field" TEXT NOT NULL,
    "LeadUnitId" TEXT NOT NULL,
    CONSTRAINT "PK_PlanLines" PRIMARY KEY ("PlanId", "Version", "Ordinal")
);


CREATE TABLE "PlanVersions" (
    "PlanId" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    "Title" TEXT NOT NULL,
    "ReplacedBecause" TEXT NOT NULL,
    "ReplacedOn" TEXT NOT NULL,
    "SuperiorFiledOn" TEXT NULL,
    "JusticeFiledOn" TEXT NULL,
    "PublishedOn" TEXT NULL,
    CONSTRAINT "PK_PlanVersions" PRIMARY KEY ("PlanId", "Version")
);


CREATE TABLE "Plans" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Plans" PRIMARY KEY,
    "UnitId" TEXT NOT NULL,
    "Year" INTEGER NOT NULL,
    "Kind" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Number" TEXT NULL,
    "UploadedOn" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    "SuperiorFiledOn" TEXT NULL,
    "SuperiorNumber" TEXT NULL,
    "GovernmentApprovedOn" TEXT NULL,
    "GovernmentNumber" TEXT NULL,
    "JusticeFiledOn" TEXT NULL,
    "PublishedOn" TEXT NULL,
    "QuietDayReason" TEXT NOT NULL,
    "QuietDaysAskedOn" TEXT NULL,
    "Lawful" INTEGER NULL,
    "Reasonable" INTEGER NULL,
    "Coordinated" INTEGER NULL,
    "ReviewNote" TEXT NOT NULL,
    "ReviewedOn" TEXT NULL
);


CREATE TABLE "Previews" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Previews" PRIMARY KEY,
    "TaskId" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    "ScheduledOn" TEXT NOT NULL,
    "HalfDay" TEXT NOT NULL,
    "ItemIds" TEXT NOT NULL,
    "InspectorIds" TEXT NOT NULL,
    "Contact" TEXT NOT NULL,
    "SentAt" TEXT NOT NULL,
    "Guide" TEXT NULL,
    "OtherTimeWished" TEXT NULL,
    "OtherDayWished" TEXT NULL,
    "OtherHalfDayWished" TEXT NOT NULL,
    "WishState" TEXT NOT NULL,
    "TimesOffered" TEXT NOT NULL,
    "WishRefusedBecause" TEXT NULL
);


CREATE TABLE "Problems" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Problems" PRIMARY KEY,
    "TaskId" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "Basis" TEXT NOT NULL,
    "CorrectBy" TEXT NULL,
    "ClosedOn" TEXT NULL,
    "ClosedById" TEXT NULL,
    "Seen" TEXT NULL,
    "Leniency" TEXT NULL,
    "LeniencyId" TEXT NULL,
    "LeniencyBasis" TEXT NULL
);


CREATE TABLE "PublishedEntries" (
    "PersonId" TEXT NOT NULL,
    "Uid" TEXT NOT NULL,
    "Shown" TEXT NOT NULL,
    "Sequence" INTEGER NOT NULL,
    "ChangedAt" TEXT NOT NULL,
    CONSTRAINT "PK_PublishedEntries" PRIMARY KEY ("PersonId", "Uid")
);


CREATE TABLE "Questionnaires" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Questionnaires" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "FormId" TEXT NOT NULL,
    "FormVersion" INTEGER NOT NULL,
    "UnitId" TEXT NULL,
    "AskedById" TEXT NOT NULL,
    "AskedOn" TEXT NOT NULL,
    "Until" TEXT NOT NULL,
    "Sent" INTEGER NOT NULL,
    "WaitingFor" TEXT NOT NULL
);


CREATE TABLE "QuietDayRefusals" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_QuietDayRefusals" PRIMARY KEY,
    "UnitId" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "TaskId" TEXT NULL,
    "WantedOn" TEXT NOT NULL,
    "RefusedOn" TEXT NOT NULL,
    "PersonId" TEXT NULL
);


CREATE TABLE "RaisedMatters" (
    "Key" TEXT NOT NULL CONSTRAINT "PK_RaisedMatters" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "SubjectId" TEXT NOT NULL,
    "UnitId" TEXT NULL,
    "DueOn" TEXT NULL,
    "RaisedAt" TEXT NOT NULL
);


CREATE TABLE "ReportedInspections" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ReportedInspections" PRIMARY KEY,
    "UnitId" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "On" TEXT NOT NULL,
    "NamedTaskId" TEXT NULL,
    "Content" TEXT NOT NULL,
    "InspectorIds" TEXT NOT NULL,
    "ReportedById" TEXT NULL,
    "TaskId" TEXT NULL
);


CREATE TABLE "Results" (
    "TaskId" TEXT NOT NULL CONSTRAINT "PK_Results" PRIMARY KEY,
    "UnitId" TEXT NOT NULL,
    "CountsFrom" TEXT NULL,
    "Kind" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "EnteredById" TEXT NOT NULL,
    "EnteredAt" TEXT NOT NULL,
    "Minor" INTEGER NOT NULL,
    "Penalty" INTEGER NOT NULL,
    "PenaltyGround" TEXT NULL,
    "DiffersBecause" TEXT NULL,
    "AwaitsLeader" INTEGER NOT NULL,
    "DecidedById" TEXT NULL,
    "Advice" TEXT NOT NULL,
    "AdvisedAt" TEXT NULL,
    "TransferNumber" TEXT NULL,
    "TransferredTo" TEXT NULL,
    "TransferredOn" TEXT NULL
);


CREATE TABLE "SelfCheckNotes" (
    "EnterpriseId" TEXT NOT NULL,
    "TaskId" TEXT NOT NULL,
    "Standard" TEXT NOT NULL,
    "Done" INTEGER NOT NULL,
    "NotedAt" TEXT NOT NULL,
    CONSTRAINT "PK_SelfCheckNotes" PRIMARY KEY ("EnterpriseId", "TaskId", "Standard")
);


CREATE TABLE "SituationNotices" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_SituationNotices" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "ClueIds" TEXT NOT NULL,
    "Facts" TEXT NOT NULL,
    "SentOn" TEXT NOT NULL,
    "AnswerBy" TEXT NOT NULL,
    "Answer" TEXT NULL,
    "FileIds" TEXT NOT NULL,
    "AnsweredById" TEXT NULL,
    "AnsweredOn" TEXT NULL
);


CREATE TABLE "SpotCheckDraws" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_SpotCheckDraws" PRIMARY KEY,
    "Quarter" TEXT NOT NULL,
    "Seed" TEXT NOT NULL,
    "List" TEXT NOT NULL,
    "ListHash" TEXT NOT NULL,
    "Order" TEXT NOT NULL,
    "DrawnById" TEXT NOT NULL,
    "DrawnAt" TEXT NOT NULL
);


CREATE TABLE "SpotChecks" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_SpotChecks" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "Quarter" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "DrawId" TEXT NULL,
    "Means" TEXT NOT NULL,
    "ById" TEXT NOT NULL,
    "BegunOn" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "ReplacedBecause" TEXT NULL,
    "Findings" TEXT NULL,
    "FoundProblems" INTEGER NOT NULL,
    "FileIds" TEXT NOT NULL,
    "ClosedOn" TEXT NULL
);


CREATE TABLE "SupervisionCases" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_SupervisionCases" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "Letter" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "Problem" TEXT NOT NULL,
    "Rule" TEXT NOT NULL,
    "Facts" TEXT NOT NULL,
    "EvidenceIds" TEXT NOT NULL,
    "ClueIds" TEXT NOT NULL,
    "OpenedOn" TEXT NOT NULL,
    "OpenedById" TEXT NOT NULL,
    "Stage" TEXT NOT NULL,
    "Outcome" TEXT NULL,
    "AnswerRounds" INTEGER NOT NULL,
    "TimesExtended" INTEGER NOT NULL,
    "MoreTimeOpen" INTEGER NOT NULL,
    "Disagrees" INTEGER NOT NULL,
    "FoundUncorrectedOn" TEXT NULL,
    "Letters" INTEGER NOT NULL,
    "DraftFacts" TEXT NOT NULL,
    "DraftRule" TEXT NOT NULL,
    "DraftAdvice" TEXT NOT NULL,
    "LetterNumber" TEXT NULL,
    "LetterIssuedOn" TEXT NULL,
    "ServedOn" TEXT NULL,
    "ObjectedOn" TEXT NULL,
    "ObjectionAnswered" INTEGER NOT NULL,
    "FollowUpMeans" TEXT NOT NULL,
    "FollowUpList" TEXT NOT NULL,
    "RectifiedOn" TEXT NULL,
    "FollowedUpOn" TEXT NULL,
    "ReportedOn" TEXT NULL,
    "DecisionNumber" TEXT NULL,
    "DecisionIssuedOn" TEXT NULL,
    "DecisionServedOn" TEXT NULL,
    "ClosedOn" TEXT NULL,
    "StepCount" INTEGER NOT NULL
);


CREATE TABLE "SupervisionLetters" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_SupervisionLetters" PRIMARY KEY,
    "SubjectId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Number" TEXT NOT NULL,
    "Document" BLOB NOT NULL,
    "Sha256" TEXT NOT NULL,
    "Token" TEXT NOT NULL,
    "IssuedById" TEXT NOT NULL,
    "IssuedOn" TEXT NOT NULL,
    "ReceivedAt" TEXT NULL,
    "ReceivedById" TEXT NULL,
    "VoidedBecause" TEXT NULL
);


CREATE TABLE "Tasks" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Tasks" PRIMARY KEY,
    "SubmittedAt" TEXT NULL,
    "ApprovedOn" TEXT NULL,
    "ApprovedBy" TEXT NULL,
    "ReturnedBecause" TEXT NULL,
    "Urgent" INTEGER NOT NULL,
    "UrgentReport" TEXT NULL,
    "UrgentReportedAt" TEXT NULL,
    "PreviewWaived" INTEGER NOT NULL,
    "PreviewWaiverReason" TEXT NULL,
    "PreviewWaivedBy" TEXT NULL,
    "PreviewWaiverWanted" TEXT NULL,
    "PreviewSentOn" TEXT NULL,
    "ExemptionWanted" INTEGER NOT NULL,
    "ExemptionReason" TEXT NULL,
    "ExemptedBy" TEXT NULL,
    "Remark" TEXT NULL,
    "LeaderRemark" TEXT NULL,
    "Trigger" TEXT NULL,
    "Type" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "ScheduledOn" TEXT NOT NULL,
    "HalfDay" TEXT NOT NULL,
    "RegisteredOn" TEXT NOT NULL,
    "Stage" TEXT NOT NULL,
    "PlanId" TEXT NULL,
    "Ground" TEXT NOT NULL,
    "SourceNumber" TEXT NULL,
    "Explanation" TEXT NOT NULL,
    "Section" TEXT NOT NULL,
    "ItemIds" TEXT NOT NULL,
    "InspectorIds" TEXT NOT NULL,
    "JointUnitIds" TEXT NOT NULL,
    "FullCoverage" INTEGER NOT NULL,
    "RegisteredBy" TEXT NULL,
    "ScannedInAt" TEXT NULL,
    "NoScanReason" TEXT NULL,
    "RecorderNumber" TEXT NULL,
    "NoScanNotedAt" TEXT NULL,
    "CompletedOn" TEXT NULL,
    "Result" TEXT NULL,
    "ResultEnteredOn" TEXT NULL,
    "PublishedOn" TEXT NULL,
    "NotPublishedBecause" TEXT NULL,
    "WithholdingWanted" TEXT NULL,
    "MergedIntoTaskId" TEXT NULL,
    "BroughtItemIds" TEXT NOT NULL,
    "BroughtInspectorIds" TEXT NOT NULL,
    "BroughtUnitIds" TEXT NOT NULL,
    "JoinedOn" TEXT NULL
);


CREATE TABLE "TestReports" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_TestReports" PRIMARY KEY,
    "TaskId" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "ItemName" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "On" TEXT NOT NULL,
    "Institute" TEXT NOT NULL,
    "ReportNumber" TEXT NOT NULL,
    "Conclusion" TEXT NOT NULL,
    "AgainBecause" TEXT NULL
);


CREATE TABLE "Transfers" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Transfers" PRIMARY KEY,
    "To" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "Organ" TEXT NOT NULL,
    "Document" TEXT NOT NULL,
    "On" TEXT NOT NULL,
    "Facts" TEXT NOT NULL,
    "ClueId" TEXT NULL,
    "CaseId" TEXT NULL,
    "RecordedById" TEXT NOT NULL,
    "RecordedOn" TEXT NOT NULL,
    "Outcome" TEXT NULL,
    "OutcomeOn" TEXT NULL
);


CREATE TABLE "Units" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Units" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "Level" TEXT NOT NULL,
    "Field" TEXT NOT NULL,
    "Phone" TEXT NOT NULL,
    "Sections" TEXT NOT NULL,
    "LeadsFields" TEXT NOT NULL,
    "EntrustedBy" TEXT NULL,
    "EntrustedUntil" TEXT NULL,
    "GuidanceDeskPersonId" TEXT NULL
);


CREATE TABLE "UnlicensedReports" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_UnlicensedReports" PRIMARY KEY,
    "Number" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "Place" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "EvidenceIds" TEXT NOT NULL,
    "ReceivedOn" TEXT NOT NULL,
    "PersonId" TEXT NULL,
    "CodeHash" TEXT NULL,
    "Moves" INTEGER NOT NULL,
    "MovedBecause" TEXT NULL,
    "Outcome" TEXT NULL,
    "Result" TEXT NULL,
    "SettledOn" TEXT NULL
);


CREATE TABLE "Visits" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Visits" PRIMARY KEY,
    "UnitId" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "On" TEXT NOT NULL,
    "HalfDay" TEXT NOT NULL,
    "Content" TEXT NOT NULL,
    "AskedById" TEXT NULL,
    "Asked" INTEGER NOT NULL,
    "Consent" TEXT NOT NULL,
    "AnsweredById" TEXT NULL,
    "AnsweredAt" TEXT NULL,
    "OtherTimeWished" TEXT NULL,
    "StartedAt" TEXT NULL,
    "Notes" TEXT NULL,
    "Clue" TEXT NULL,
    "Urgent" INTEGER NOT NULL,
    "CorrectionNote" TEXT NULL,
    "CorrectBy" TEXT NULL,
    "TurnedIntoCaseOn" TEXT NULL,
    "CalledInspectionAt" TEXT NULL,
    "CalledInspectionBecause" TEXT NULL
);


CREATE TABLE "WorkbenchSessions" (
    "Hash" TEXT NOT NULL CONSTRAINT "PK_WorkbenchSessions" PRIMARY KEY,
    "PersonId" TEXT NOT NULL,
    "Channel" TEXT NOT NULL,
    "Role" TEXT NOT NULL,
    "UnitId" TEXT NULL,
    "Until" TEXT NOT NULL
);


CREATE TABLE "WorkbenchTickets" (
    "Hash" TEXT NOT NULL CONSTRAINT "PK_WorkbenchTickets" PRIMARY KEY,
    "PersonId" TEXT NOT NULL,
    "Channel" TEXT NOT NULL,
    "Role" TEXT NOT NULL,
    "UnitId" TEXT NULL,
    "ExpiresAt" TEXT NOT NULL
);


CREATE TABLE "WrongTries" (
    "Who" TEXT NOT NULL,
    "About" TEXT NOT NULL,
    "Count" INTEGER NOT NULL,
    "Until" TEXT NOT NULL,
    CONSTRAINT "PK_WrongTries" PRIMARY KEY ("Who", "About")
);


CREATE TABLE "FollowUp" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_FollowUp" PRIMARY KEY,
    "RequestId" TEXT NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Question" TEXT NOT NULL,
    "ReceivedAt" TEXT NOT NULL,
    "Answer" TEXT NULL,
    "Basis" TEXT NOT NULL,
    "Steps" TEXT NOT NULL,
    "AnsweredAt" TEXT NULL,
    CONSTRAINT "FK_FollowUp_GuidanceRequests_RequestId" FOREIGN KEY ("RequestId") REFERENCES "GuidanceRequests" ("Id") ON DELETE CASCADE
);


CREATE TABLE "MergeParty" (
    "PromptId" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "AskedOn" TEXT NOT NULL,
    "Answer" TEXT NOT NULL,
    "AnsweredBy" TEXT NULL,
    "AnsweredAt" TEXT NULL,
    "Reason" TEXT NULL,
    "SeenAt" TEXT NULL,
    "UrgedOn" TEXT NULL,
    CONSTRAINT "PK_MergeParty" PRIMARY KEY ("PromptId", "UnitId"),
    CONSTRAINT "FK_MergeParty_MergePrompts_PromptId" FOREIGN KEY ("PromptId") REFERENCES "MergePrompts" ("Id") ON DELETE CASCADE
);


CREATE TABLE "SupervisionSteps" (
    "CaseId" TEXT NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "Deed" TEXT NOT NULL,
    "On" TEXT NOT NULL,
    "ByPersonId" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "FileIds" TEXT NOT NULL,
    CONSTRAINT "PK_SupervisionSteps" PRIMARY KEY ("CaseId", "Ordinal"),
    CONSTRAINT "FK_SupervisionSteps_SupervisionCases_CaseId" FOREIGN KEY ("CaseId") REFERENCES "SupervisionCases" ("Id") ON DELETE CASCADE
);


CREATE INDEX "IX_Addresses_CameBackAt" ON "Addresses" ("CameBackAt") WHERE "CameBackAt" IS NOT NULL;


CREATE INDEX "IX_Addresses_PersonId" ON "Addresses" ("PersonId");


CREATE INDEX "IX_Anomalies_EnterpriseId_Indicator_SeenAt" ON "Anomalies" ("EnterpriseId", "Indicator", "SeenAt");


CREATE INDEX "IX_Anomalies_Number" ON "Anomalies" ("Number");


CREATE UNIQUE INDEX "IX_Anomalies_Source_SourceId" ON "Anomalies" ("Source", "SourceId");


CREATE INDEX "IX_Anomalies_UnitId_State" ON "Anomalies" ("UnitId", "State");


CREATE INDEX "IX_Appeals_EnterpriseId" ON "Appeals" ("EnterpriseId");


CREATE UNIQUE INDEX "IX_Appeals_Number" ON "Appeals" ("Number");


CREATE INDEX "IX_Appeals_TaskId" ON "Appeals" ("TaskId");


CREATE INDEX "IX_Appeals_UnitId_Stage" ON "Appeals" ("UnitId", "Stage");


CREATE INDEX "IX_BindingCodes_IssuedById" ON "BindingCodes" ("IssuedById");


CREATE INDEX "IX_Bindings_EnterpriseId" ON "Bindings" ("EnterpriseId");


CREATE INDEX "IX_Bindings_PersonId" ON "Bindings" ("PersonId");


CREATE UNIQUE INDEX "IX_CalendarLinks_Hash" ON "CalendarLinks" ("Hash");


CREATE INDEX "IX_ClueEvidence_ClueId" ON "ClueEvidence" ("ClueId");


CREATE INDEX "IX_Clues_CaseId" ON "Clues" ("CaseId");


CREATE UNIQUE INDEX "IX_Clues_Number" ON "Clues" ("Number");


CREATE INDEX "IX_Clues_State" ON "Clues" ("State");


CREATE INDEX "IX_Clues_UnitId_Kind_State" ON "Clues" ("UnitId", "Kind", "State");


CREATE UNIQUE INDEX "IX_CommonProblems_Kind_Quarter" ON "CommonProblems" ("Kind", "Quarter");


CREATE UNIQUE INDEX "IX_Complaints_CodeHash" ON "Complaints" ("CodeHash");


CREATE UNIQUE INDEX "IX_Complaints_Number" ON "Complaints" ("Number");


CREATE INDEX "IX_Complaints_PersonId" ON "Complaints" ("PersonId");


CREATE INDEX "IX_Complaints_ReceivedAt" ON "Complaints" ("ReceivedAt");


CREATE INDEX "IX_Complaints_Stage" ON "Complaints" ("Stage");


CREATE INDEX "IX_Conflicts_EnterpriseId" ON "Conflicts" ("EnterpriseId");


CREATE INDEX "IX_Deadlines_Kind_StartedOn" ON "Deadlines" ("Kind", "StartedOn");


CREATE INDEX "IX_Deadlines_NextStepAt" ON "Deadlines" ("NextStepAt");


CREATE INDEX "IX_Deadlines_UnitId" ON "Deadlines" ("UnitId");


CREATE INDEX "IX_DraftLinks_ExpiresAt" ON "DraftLinks" ("ExpiresAt");


CREATE INDEX "IX_DrawnObjects_EnterpriseId" ON "DrawnObjects" ("EnterpriseId");


CREATE INDEX "IX_Draws_UnitId_Year" ON "Draws" ("UnitId", "Year");


CREATE UNIQUE INDEX "IX_Enterprises_CreditCode" ON "Enterprises" ("CreditCode");


CREATE INDEX "IX_Feedback_GivenOn_UnitId_Score" ON "Feedback" ("GivenOn", "UnitId", "Score") WHERE "Score" IS NOT NULL;


CREATE UNIQUE INDEX "IX_Feedback_TaskId" ON "Feedback" ("TaskId");


CREATE INDEX "IX_FigureObjections_PeriodId_UnitId" ON "FigureObjections" ("PeriodId", "UnitId");


CREATE INDEX "IX_FilledForms_FormId_SubjectId" ON "FilledForms" ("FormId", "SubjectId");


CREATE INDEX "IX_FollowUp_RequestId" ON "FollowUp" ("RequestId");


CREATE INDEX "IX_GuidanceRequests_EnterpriseId_ReceivedAt" ON "GuidanceRequests" ("EnterpriseId", "ReceivedAt");


CREATE UNIQUE INDEX "IX_GuidanceRequests_LookupHash" ON "GuidanceRequests" ("LookupHash");


CREATE UNIQUE INDEX "IX_GuidanceRequests_Number" ON "GuidanceRequests" ("Number");


CREATE INDEX "IX_GuidanceRequests_UnitId" ON "GuidanceRequests" ("UnitId");


CREATE UNIQUE INDEX "IX_GuidingOpinions_Number" ON "GuidingOpinions" ("Number");


CREATE INDEX "IX_HelpRequests_PersonId" ON "HelpRequests" ("PersonId");


CREATE UNIQUE INDEX "IX_InspectionCodes_Hash" ON "InspectionCodes" ("Hash");


CREATE INDEX "IX_JointActions_ClosedOn" ON "JointActions" ("ClosedOn");


CREATE UNIQUE INDEX "IX_KnowledgeEntries_Key" ON "KnowledgeEntries" ("Key");


CREATE INDEX "IX_KnowledgeEntries_Kind_Place" ON "KnowledgeEntries" ("Kind", "Place");


CREATE INDEX "IX_Meetings_On" ON "Meetings" ("On");


CREATE UNIQUE INDEX "IX_Meetings_Token" ON "Meetings" ("Token");


CREATE INDEX "IX_MergePairs_OtherTaskId" ON "MergePairs" ("OtherTaskId");


CREATE INDEX "IX_MergeParty_UnitId" ON "MergeParty" ("UnitId");


CREATE INDEX "IX_MergePrompts_EnterpriseId_State" ON "MergePrompts" ("EnterpriseId", "State");


CREATE INDEX "IX_MergePrompts_State" ON "MergePrompts" ("State");


CREATE UNIQUE INDEX "IX_Notices_Key" ON "Notices" ("Key");


CREATE INDEX "IX_Notices_NextAttemptAt" ON "Notices" ("NextAttemptAt") WHERE "Urgent" AND "State" = 'Owed';


CREATE UNIQUE INDEX "IX_Notices_PageToken" ON "Notices" ("PageToken");


CREATE INDEX "IX_Notices_PersonId" ON "Notices" ("PersonId");


CREATE INDEX "IX_Notices_Receipt" ON "Notices" ("Receipt") WHERE "Receipt" IS NOT NULL;


CREATE INDEX "IX_Notices_State_NextAttemptAt" ON "Notices" ("State", "NextAttemptAt");


CREATE INDEX "IX_Notices_SubjectId" ON "Notices" ("SubjectId");


CREATE INDEX "IX_ObservationPeriods_EnterpriseId" ON "ObservationPeriods" ("EnterpriseId");


CREATE INDEX "IX_ObservationPeriods_UnitId" ON "ObservationPeriods" ("UnitId");


CREATE INDEX "IX_ObservationPeriods_Until" ON "ObservationPeriods" ("Until") WHERE "ClosedOn" IS NULL;


CREATE INDEX "IX_ObservationTasks_Month" ON "ObservationTasks" ("Month");


CREATE INDEX "IX_Observations_UnitId" ON "Observations" ("UnitId");


CREATE INDEX "IX_OfferedCases_State" ON "OfferedCases" ("State");


CREATE INDEX "IX_People_UnitId" ON "People" ("UnitId");


CREATE INDEX "IX_Plans_UnitId_Year" ON "Plans" ("UnitId", "Year");


CREATE UNIQUE INDEX "IX_Previews_TaskId_Version" ON "Previews" ("TaskId", "Version");


CREATE INDEX "IX_Problems_EnterpriseId" ON "Problems" ("EnterpriseId");


CREATE INDEX "IX_Problems_TaskId" ON "Problems" ("TaskId");


CREATE INDEX "IX_Questionnaires_Until" ON "Questionnaires" ("Until");


CREATE INDEX "IX_QuietDayRefusals_RefusedOn_UnitId" ON "QuietDayRefusals" ("RefusedOn", "UnitId");


CREATE INDEX "IX_RaisedMatters_Kind_RaisedAt" ON "RaisedMatters" ("Kind", "RaisedAt");


CREATE INDEX "IX_ReportedInspections_UnitId_EnterpriseId_On" ON "ReportedInspections" ("UnitId", "EnterpriseId", "On");


CREATE INDEX "IX_Results_CountsFrom_UnitId_Penalty" ON "Results" ("CountsFrom", "UnitId", "Penalty") WHERE "CountsFrom" IS NOT NULL;


CREATE INDEX "IX_SituationNotices_UnitId" ON "SituationNotices" ("UnitId");


CREATE INDEX "IX_SpotCheckDraws_Quarter" ON "SpotCheckDraws" ("Quarter");


CREATE INDEX "IX_SpotChecks_Quarter" ON "SpotChecks" ("Quarter");


CREATE UNIQUE INDEX "IX_SupervisionCases_DecisionNumber" ON "SupervisionCases" ("DecisionNumber");


CREATE UNIQUE INDEX "IX_SupervisionCases_Number" ON "SupervisionCases" ("Number");


CREATE INDEX "IX_SupervisionCases_Stage" ON "SupervisionCases" ("Stage");


CREATE INDEX "IX_SupervisionCases_UnitId_Stage" ON "SupervisionCases" ("UnitId", "Stage");


CREATE UNIQUE INDEX "IX_SupervisionLetters_Number" ON "SupervisionLetters" ("Number");


CREATE INDEX "IX_SupervisionLetters_SubjectId" ON "SupervisionLetters" ("SubjectId");


CREATE UNIQUE INDEX "IX_SupervisionLetters_Token" ON "SupervisionLetters" ("Token");


CREATE INDEX "IX_Tasks_Done" ON "Tasks" ("CompletedOn", "UnitId", "Stage", "Type", "PreviewWaived", "PreviewSentOn", "ScannedInAt", "ResultEnteredOn", "PublishedOn", "EnterpriseId") WHERE "CompletedOn" IS NOT NULL;


CREATE INDEX "IX_Tasks_EnterpriseId_ScheduledOn" ON "Tasks" ("EnterpriseId", "ScheduledOn");


CREATE INDEX "IX_Tasks_Joint" ON "Tasks" ("CompletedOn", "UnitId", "Stage") WHERE json_array_length("JointUnitIds") > 0;


CREATE INDEX "IX_Tasks_NotMade" ON "Tasks" ("ScheduledOn", "UnitId", "Stage") WHERE "Stage" IN ('Exempted', 'Merged');


CREATE INDEX "IX_Tasks_ResultEnteredOn" ON "Tasks" ("ResultEnteredOn") WHERE "ResultEnteredOn" IS NOT NULL;


CREATE INDEX "IX_Tasks_ScheduledOn_UnitId" ON "Tasks" ("ScheduledOn", "UnitId");


CREATE INDEX "IX_Tasks_Stage" ON "Tasks" ("Stage");


CREATE INDEX "IX_Tasks_UnitId_ScheduledOn" ON "Tasks" ("UnitId", "ScheduledOn");


CREATE INDEX "IX_Tasks_Withheld" ON "Tasks" ("CompletedOn", "UnitId", "Stage", "PublishedOn") WHERE "NotPublishedBecause" IS NOT NULL;


CREATE INDEX "IX_TestReports_EnterpriseId_On" ON "TestReports" ("EnterpriseId", "On");


CREATE INDEX "IX_Transfers_UnitId" ON "Transfers" ("UnitId");


CREATE UNIQUE INDEX "IX_UnlicensedReports_CodeHash" ON "UnlicensedReports" ("CodeHash");


CREATE UNIQUE INDEX "IX_UnlicensedReports_Number" ON "UnlicensedReports" ("Number");


CREATE INDEX "IX_UnlicensedReports_PersonId" ON "UnlicensedReports" ("PersonId");


CREATE INDEX "IX_UnlicensedReports_UnitId" ON "UnlicensedReports" ("UnitId");


CREATE INDEX "IX_Visits_EnterpriseId_On" ON "Visits" ("EnterpriseId", "On");


CREATE INDEX "IX_Visits_UnitId_On" ON "Visits" ("UnitId", "On");


CREATE INDEX "IX_WorkbenchSessions_Until" ON "WorkbenchSessions" ("Until");


CREATE INDEX "IX_WorkbenchTickets_ExpiresAt" ON "WorkbenchTickets" ("ExpiresAt");


CREATE INDEX "IX_WorkbenchTickets_PersonId" ON "WorkbenchTickets" ("PersonId");
