CREATE TABLE "Addresses" (
    "Channel" text NOT NULL,
    "ExternalId" text NOT NULL,
    "PersonId" text,
    "LastSeenAt" timestamp with time zone,
    "MessagesLeft" integer NOT NULL,
    "MessagesUntil" timestamp with time zone,
    "TapsLeft" integer NOT NULL,
    "TapsUntil" timestamp with time zone,
    "UnreachableSince" timestamp with time zone,
    "Awaited" boolean NOT NULL,
    "CameBackAt" timestamp with time zone,
    "ShownAsBound" boolean NOT NULL,
    "StoppedFor" text,
    "AccessChangedAt" timestamp with time zone,
    CONSTRAINT "PK_Addresses" PRIMARY KEY ("Channel", "ExternalId")
);


CREATE TABLE "Anomalies" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "Source" text NOT NULL,
    "SourceId" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "Indicator" text NOT NULL,
    "Value" text NOT NULL,
    "Threshold" text NOT NULL,
    "Level" text NOT NULL,
    "Urgent" boolean NOT NULL,
    "SeenAt" timestamp with time zone NOT NULL,
    "UnitId" text NOT NULL,
    "State" text NOT NULL,
    "HandledById" text,
    "HandedToId" text,
    "SetAsideBecause" text,
    "TaskId" text,
    CONSTRAINT "PK_Anomalies" PRIMARY KEY ("Id")
);


CREATE TABLE "Appeals" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "TaskId" text NOT NULL,
    "UnitId" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "PersonId" text NOT NULL,
    "Text" text NOT NULL,
    "EvidenceIds" text[] NOT NULL,
    "FiledAt" timestamp with time zone NOT NULL,
    "Stage" text NOT NULL,
    "Basis" text,
    "Explanation" text,
    "BasisFileIds" text[] NOT NULL,
    "ExplainedById" text,
    "ExplainedOn" date,
    "Outcome" text,
    "Finding" text,
    "Reason" text,
    "AnsweredOn" date,
    CONSTRAINT "PK_Appeals" PRIMARY KEY ("Id")
);


CREATE TABLE "BindingCodes" (
    "Hash" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "ContactRole" text,
    "IssuedById" text NOT NULL,
    "IssuedAt" timestamp with time zone NOT NULL,
    "ExpiresAt" timestamp with time zone NOT NULL,
    "UsedAt" timestamp with time zone,
    "UsedById" text,
    CONSTRAINT "PK_BindingCodes" PRIMARY KEY ("Hash")
);


CREATE TABLE "Bindings" (
    "Id" text NOT NULL,
    "PersonId" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "ContactRole" text NOT NULL,
    "State" text NOT NULL,
    "RequestedAt" timestamp with time zone NOT NULL,
    "ExpiresAt" timestamp with time zone,
    CONSTRAINT "PK_Bindings" PRIMARY KEY ("Id")
);


CREATE TABLE "CalendarLinks" (
    "PersonId" text NOT NULL,
    "Hash" text NOT NULL,
    "Channel" text NOT NULL,
    "Role" text NOT NULL,
    "UnitId" text,
    "MadeAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_CalendarLinks" PRIMARY KEY ("PersonId")
);


CREATE TABLE "ClueEvidence" (
    "UnitId" text NOT NULL,
    "Kind" text NOT NULL,
    "EvidenceId" text NOT NULL,
    "ClueId" text NOT NULL,
    "On" date NOT NULL,
    "InWords" text NOT NULL,
    CONSTRAINT "PK_ClueEvidence" PRIMARY KEY ("Kind", "UnitId", "EvidenceId")
);


CREATE TABLE "Clues" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "UnitId" text NOT NULL,
    "Kind" text NOT NULL,
    "Matter" text NOT NULL,
    "Summary" text NOT NULL,
    "Clause" text NOT NULL,
    "EvidenceIds" text[] NOT NULL,
    "EvidenceCount" integer NOT NULL,
    "OtherUnitIds" text[] NOT NULL,
    "FoundOn" date NOT NULL,
    "LastFoundOn" date NOT NULL,
    "State" text NOT NULL,
    "CaseId" text,
    "SetAsideBecause" text,
    "HandledById" text,
    "HandledOn" date,
    CONSTRAINT "PK_Clues" PRIMARY KEY ("Id")
);


CREATE TABLE "CommonProblems" (
    "Id" text NOT NULL,
    "Kind" text NOT NULL,
    "Quarter" text NOT NULL,
    "UnitIds" text[] NOT NULL,
    "FoundOn" date NOT NULL,
    "RemindedOn" date,
    "Example" text,
    CONSTRAINT "PK_CommonProblems" PRIMARY KEY ("Id")
);


CREATE TABLE "ComplaintRemarks" (
    "ComplaintId" text NOT NULL,
    "Ordinal" integer NOT NULL,
    "Word" text NOT NULL,
    "Text" text NOT NULL,
    "EvidenceIds" text[] NOT NULL,
    "On" date NOT NULL,
    CONSTRAINT "PK_ComplaintRemarks" PRIMARY KEY ("ComplaintId", "Ordinal")
);


CREATE TABLE "Complaints" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "Kind" text NOT NULL,
    "OccurredOn" date,
    "OccurredAt" time without time zone,
    "AgainstUnitId" text,
    "Text" text NOT NULL,
    "EvidenceIds" text[] NOT NULL,
    "SourceId" text,
    "PersonId" text,
    "HotlineTicket" text,
    "KeptFromIds" text[] NOT NULL,
    "JoinedTo" text,
    "NotSameAs" text[] NOT NULL,
    "EnterpriseId" text,
    "CodeHash" text,
    "Stage" text NOT NULL,
    "ReceivedAt" timestamp with time zone NOT NULL,
    "Difficult" boolean NOT NULL,
    "ExtendedBecause" text,
    "Finding" text,
    "Action" text,
    "Reason" text,
    "ResolvedOn" date,
    "TransferredTo" text,
    "TransferDocument" text,
    "TransferredOn" date,
    "TransferTold" boolean NOT NULL,
    "Reviews" integer NOT NULL,
    "Grade" text,
    "LastStepOn" date,
    CONSTRAINT "PK_Complaints" PRIMARY KEY ("Id")
);


CREATE TABLE "Conflicts" (
    "PersonId" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "Reason" text NOT NULL,
    "DeclaredOn" date NOT NULL,
    CONSTRAINT "PK_Conflicts" PRIMARY KEY ("PersonId", "EnterpriseId")
);


CREATE TABLE "Deadlines" (
    "Id" text NOT NULL,
    "Kind" text NOT NULL,
    "SubjectId" text NOT NULL,
    "Title" text NOT NULL,
    "UnitId" text,
    "HandlerIds" text[] NOT NULL,
    "OtherUnitIds" text[] NOT NULL,
    "StartedOn" date NOT NULL,
    "Amount" integer NOT NULL,
    "PeriodUnit" text NOT NULL,
    "Clause" text NOT NULL,
    "DueOn" date NOT NULL,
    "FirstDueOn" date NOT NULL,
    "Provisional" boolean NOT NULL,
    "RecountedAt" timestamp with time zone,
    "MetAt" timestamp with time zone,
    "DroppedAt" timestamp with time zone,
    "NextStepAt" timestamp with time zone,
    "StepsDone" integer NOT NULL,
    "DelayReason" text,
    "DelayExplainedAt" timestamp with time zone,
    CONSTRAINT "PK_Deadlines" PRIMARY KEY ("Id")
);


CREATE TABLE "DirectoryUpdates" (
    "Directory" text NOT NULL,
    "UnitId" text NOT NULL,
    "LastOn" date NOT NULL,
    CONSTRAINT "PK_DirectoryUpdates" PRIMARY KEY ("Directory", "UnitId")
);


CREATE TABLE "DraftLinks" (
    "Hash" text NOT NULL,
    "Kind" text NOT NULL,
    "Form" text NOT NULL,
    "Argument" text NOT NULL,
    "PersonId" text NOT NULL,
    "Channel" text NOT NULL,
    "Role" text NOT NULL,
    "UnitId" text,
    "ExpiresAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_DraftLinks" PRIMARY KEY ("Hash")
);


CREATE TABLE "DrawnObjects" (
    "DrawId" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "Ordinal" integer NOT NULL,
    "Weight" integer NOT NULL,
    "WeightReason" text NOT NULL,
    "InspectorIds" text[] NOT NULL,
    CONSTRAINT "PK_DrawnObjects" PRIMARY KEY ("DrawId", "EnterpriseId")
);


CREATE TABLE "Draws" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "UnitId" text NOT NULL,
    "Year" integer NOT NULL,
    "Objects" text NOT NULL,
    "Ratio" numeric NOT NULL,
    "Type" text NOT NULL,
    "PlanId" text,
    "Seed" text NOT NULL,
    "DrawnBy" text NOT NULL,
    "DrawnOn" date NOT NULL,
    "DrawnAt" timestamp with time zone NOT NULL,
    "ObjectsHash" text NOT NULL,
    "InspectorsHash" text NOT NULL,
    "ListSize" integer NOT NULL,
    "List" text NOT NULL,
    "Inspectors" text[] NOT NULL,
    "Redraws" text[] NOT NULL,
    "OverCapReason" text,
    CONSTRAINT "PK_Draws" PRIMARY KEY ("Id")
);


CREATE TABLE "Enterprises" (
    "Id" text NOT NULL,
    "Name" text NOT NULL,
    "CreditCode" text,
    "Town" text NOT NULL,
    "Industry" text NOT NULL,
    "IndustryCode" text NOT NULL,
    "IndustryAndTrade" boolean NOT NULL,
    "Employees" integer NOT NULL,
    "CreditLevel" text NOT NULL,
    "RiskLevel" text NOT NULL,
    "LongTermTopCredit" boolean NOT NULL,
    "FlexibleWhitelist" boolean NOT NULL,
    "AnnualOnSiteCapPerUnit" integer,
    "MovedOn" date,
    "Abnormal" boolean NOT NULL,
    "ComplaintsThisYear" integer NOT NULL,
    CONSTRAINT "PK_Enterprises" PRIMARY KEY ("Id")
);


CREATE TABLE "Feedback" (
    "Id" text NOT NULL,
    "Number" text,
    "TaskId" text,
    "UnitId" text,
    "Score" integer,
    "Text" text NOT NULL,
    "PersonId" text,
    "GivenOn" date NOT NULL,
    CONSTRAINT "PK_Feedback" PRIMARY KEY ("Id")
);


CREATE TABLE "FigureObjections" (
    "Id" text NOT NULL,
    "UnitId" text NOT NULL,
    "PeriodId" text NOT NULL,
    "Measure" text NOT NULL,
    "Shown" text NOT NULL,
    "Reason" text NOT NULL,
    "PersonId" text NOT NULL,
    "FiledOn" date NOT NULL,
    "Upheld" boolean,
    "Answer" text,
    "AnsweredById" text,
    "AnsweredOn" date,
    CONSTRAINT "PK_FigureObjections" PRIMARY KEY ("Id")
);


CREATE TABLE "FilledForms" (
    "Id" uuid NOT NULL,
    "FormId" text NOT NULL,
    "FormVersion" integer NOT NULL,
    "SubjectId" text NOT NULL,
    "UnitId" text,
    "PersonId" text,
    "GivenOn" date,
    "Answers" text NOT NULL,
    CONSTRAINT "PK_FilledForms" PRIMARY KEY ("Id")
);


CREATE TABLE "GuidanceRequests" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "UnitId" text NOT NULL,
    "EnterpriseId" text,
    "AskedById" text,
    "LookupHash" text,
    "TaskId" text,
    "Question" text NOT NULL,
    "FileIds" text[] NOT NULL,
    "ReceivedAt" timestamp with time zone NOT NULL,
    "Answer" text,
    "Basis" text NOT NULL,
    "Steps" text NOT NULL,
    "AnsweredAt" timestamp with time zone,
    "AnsweredById" text,
    "Useful" boolean,
    "Moves" integer NOT NULL,
    "ReturnReason" text,
    "UrgedOn" date,
    CONSTRAINT "PK_GuidanceRequests" PRIMARY KEY ("Id")
);


CREATE TABLE "GuidingOpinions" (
    "Id" text NOT NULL,
    "Problem" text NOT NULL,
    "Rule" text NOT NULL,
    "Facts" text[] NOT NULL,
    "UnitIds" text[] NOT NULL,
    "FoundOn" date NOT NULL,
    "Number" text,
    "Advice" text NOT NULL,
    "IssuedOn" date,
    CONSTRAINT "PK_GuidingOpinions" PRIMARY KEY ("Id")
);


CREATE TABLE "HelpRequests" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "PersonId" text NOT NULL,
    "Text" text NOT NULL,
    "Phone" text,
    "AskedAt" timestamp with time zone NOT NULL,
    "Answer" text,
    "AnsweredAt" timestamp with time zone,
    CONSTRAINT "PK_HelpRequests" PRIMARY KEY ("Id")
);


CREATE TABLE "InspectionCodes" (
    "TaskId" text NOT NULL,
    "Version" integer NOT NULL,
    "Hash" text NOT NULL,
    "IssuedById" text NOT NULL,
    "IssuedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_InspectionCodes" PRIMARY KEY ("TaskId", "Version")
);


CREATE TABLE "ItemVersions" (
    "ItemId" text NOT NULL,
    "From" date NOT NULL,
    "Name" text NOT NULL,
    "Basis" text NOT NULL,
    "Content" text NOT NULL,
    "Method" text NOT NULL,
    "RepealedOn" date,
    CONSTRAINT "PK_ItemVersions" PRIMARY KEY ("ItemId", "From")
);


CREATE TABLE "Items" (
    "Id" text NOT NULL,
    "UnitId" text NOT NULL,
    "Name" text NOT NULL,
    "Basis" text NOT NULL,
    "Content" text NOT NULL,
    "Method" text NOT NULL,
    "Objects" text NOT NULL,
    "Frequency" text NOT NULL,
    "Published" boolean NOT NULL,
    "FixedByLaw" boolean NOT NULL,
    "FixedByLawBecause" text NOT NULL,
    "Standards" text[] NOT NULL,
    "Review" text NOT NULL,
    "ReviewNote" text NOT NULL,
    "RepealedOn" date,
    "RepealedBecause" text NOT NULL,
    CONSTRAINT "PK_Items" PRIMARY KEY ("Id")
);


CREATE TABLE "JointActions" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "Field" text NOT NULL,
    "Measures" text NOT NULL,
    "LeadUnitId" text NOT NULL,
    "MemberUnitIds" text[] NOT NULL,
    "From" date NOT NULL,
    "To" date NOT NULL,
    "PlannedById" text NOT NULL,
    "Outcome" text,
    "ClosedOn" date,
    CONSTRAINT "PK_JointActions" PRIMARY KEY ("Id")
);


CREATE TABLE "KnowledgeEntries" (
    "Id" integer GENERATED BY DEFAULT AS IDENTITY,
    "Key" text NOT NULL,
    "Kind" text NOT NULL,
    "Title" text NOT NULL,
    "Points" text[] NOT NULL,
    "Source" text NOT NULL,
    "DatedOn" date NOT NULL,
    "Trades" text[] NOT NULL,
    "Public" boolean NOT NULL,
    "Place" integer NOT NULL,
    "OfferId" text,
    "TitleTerms" text NOT NULL,
    "Terms" text NOT NULL,
    "Stamp" text NOT NULL,
    CONSTRAINT "PK_KnowledgeEntries" PRIMARY KEY ("Id")
);


CREATE TABLE "KnowledgeTerms" (
    "Term" text NOT NULL,
    "Stretch" integer NOT NULL,
    "Entries" integer NOT NULL,
    "Places" bytea NOT NULL,
    CONSTRAINT "PK_KnowledgeTerms" PRIMARY KEY ("Term", "Stretch")
);


CREATE TABLE "MeetingPacks" (
    "Hash" text NOT NULL,
    "Name" text NOT NULL,
    "Document" bytea NOT NULL,
    "MadeById" text NOT NULL,
    "Until" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_MeetingPacks" PRIMARY KEY ("Hash")
);


CREATE TABLE "Meetings" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "Kind" text NOT NULL,
    "Topic" text NOT NULL,
    "Agenda" text NOT NULL,
    "On" date NOT NULL,
    "From" time without time zone NOT NULL,
    "To" time without time zone NOT NULL,
    "Place" text NOT NULL,
    "UnitIds" text[] NOT NULL,
    "EnterpriseIds" text[] NOT NULL,
    "InvitedIds" text[] NOT NULL,
    "CalledById" text NOT NULL,
    "CancelledBecause" text,
    "Sequence" integer NOT NULL,
    "ChangedAt" timestamp with time zone NOT NULL,
    "Token" text NOT NULL,
    CONSTRAINT "PK_Meetings" PRIMARY KEY ("Id")
);


CREATE TABLE "MergePairs" (
    "TaskId" text NOT NULL,
    "OtherTaskId" text NOT NULL,
    "PromptId" text NOT NULL,
    CONSTRAINT "PK_MergePairs" PRIMARY KEY ("TaskId", "OtherTaskId")
);


CREATE TABLE "MergePrompts" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "Scope" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "TaskIds" text[] NOT NULL,
    "IssuedAt" timestamp with time zone NOT NULL,
    "LeadTaskId" text,
    "LeadSection" text,
    "On" date,
    "HalfDay" text NOT NULL,
    "ProposedByUnitId" text,
    "State" text NOT NULL,
    "HandledAt" timestamp with time zone,
    "Late" boolean NOT NULL,
    "Because" text,
    "Imported" boolean NOT NULL,
    "Changes" integer NOT NULL,
    CONSTRAINT "PK_MergePrompts" PRIMARY KEY ("Id")
);


CREATE TABLE "Notices" (
    "Id" uuid NOT NULL,
    "Key" text NOT NULL,
    "PersonId" text NOT NULL,
    "Kind" text NOT NULL,
    "Text" text NOT NULL,
    "Fields" text NOT NULL,
    "Actions" text[] NOT NULL,
    "SubjectId" text NOT NULL,
    "Urgent" boolean NOT NULL,
    "Digest" boolean NOT NULL,
    "CreatedAt" timestamp with time zone NOT NULL,
    "State" text NOT NULL,
    "Attempts" integer NOT NULL,
    "NextAttemptAt" timestamp with time zone NOT NULL,
    "SentAt" timestamp with time zone,
    "SentBy" text,
    "SentAs" text,
    "LastError" text,
    "Receipt" text,
    "FailedRoute" text,
    "RevivedAt" timestamp with time zone,
    "PageToken" text,
    "PageUntil" timestamp with time zone,
    CONSTRAINT "PK_Notices" PRIMARY KEY ("Id")
);


CREATE TABLE "NumberSeries" (
    "Series" text NOT NULL,
    "Year" integer NOT NULL,
    "Last" integer NOT NULL,
    CONSTRAINT "PK_NumberSeries" PRIMARY KEY ("Series", "Year")
);


CREATE TABLE "ObservationPeriods" (
    "Id" text NOT NULL,
    "TaskId" text NOT NULL,
    "UnitId" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "Matter" text NOT NULL,
    "WhatToDo" text NOT NULL,
    "Until" date NOT NULL,
    "SetById" text NOT NULL,
    "SetOn" date NOT NULL,
    "RemindedOn" date,
    "EndNotedOn" date,
    "Kept" boolean,
    "Seen" text,
    "ClosedById" text,
    "ClosedOn" date,
    CONSTRAINT "PK_ObservationPeriods" PRIMARY KEY ("Id")
);


CREATE TABLE "ObservationTasks" (
    "PersonId" text NOT NULL,
    "Month" date NOT NULL,
    "Ordinal" integer NOT NULL,
    "TaskId" text,
    "State" text NOT NULL,
    CONSTRAINT "PK_ObservationTasks" PRIMARY KEY ("PersonId", "Month", "Ordinal")
);


CREATE TABLE "Observations" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "PersonId" text NOT NULL,
    "TaskId" text,
    "UnitId" text,
    "FormVersion" integer NOT NULL,
    "Answers" text NOT NULL,
    "Text" text NOT NULL,
    "FileIds" text[] NOT NULL,
    "On" date NOT NULL,
    CONSTRAINT "PK_Observations" PRIMARY KEY ("Id")
);


CREATE TABLE "OfferedCases" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "UnitId" text NOT NULL,
    "ById" text NOT NULL,
    "Title" text NOT NULL,
    "Text" text NOT NULL,
    "OfferedOn" date NOT NULL,
    "State" text NOT NULL,
    "DeclinedBecause" text,
    CONSTRAINT "PK_OfferedCases" PRIMARY KEY ("Id")
);


CREATE TABLE "People" (
    "Id" text NOT NULL,
    "Name" text NOT NULL,
    "Role" text NOT NULL,
    "UnitId" text,
    "Title" text,
    "Phone" text,
    "CertificateNumber" text,
    "CertificateValidTo" date,
    "CertificateStatus" text,
    "TermFrom" date,
    "TermTo" date,
    "CurrentEnterpriseId" text,
    "OnComplaintDesk" boolean NOT NULL,
    "RemindAt" time without time zone,
    "WithoutMonthlyCase" boolean NOT NULL,
    CONSTRAINT "PK_People" PRIMARY KEY ("Id")
);


CREATE TABLE "PlanLines" (
    "PlanId" text NOT NULL,
    "Version" integer NOT NULL,
    "Ordinal" integer NOT NULL,
    "Target" text NOT NULL,
    "EnterpriseId" text,
    "ItemIds" text[] NOT NULL,
    "MonthFrom" integer NOT NULL,
    "MonthTo" integer NOT NULL,
    "Ratio" numeric NOT NULL,
    "Visits" integer NOT NULL,
    "Way" text NOT NULL,
    "JointUnitIds" text[] NOT NULL,
    "Division" text NOT NULL,
    "Field" text NOT NULL,
    "LeadUnitId" text NOT NULL,
    CONSTRAINT "PK_PlanLines" PRIMARY KEY ("PlanId", "Version", "Ordinal")
);


CREATE TABLE "PlanVersions" (
    "PlanId" text NOT NULL,
    "Version" integer NOT NULL,
    "Title" text NOT NULL,
    "ReplacedBecause" text NOT NULL,
    "ReplacedOn" date NOT NULL,
    "SuperiorFiledOn" date,
    "JusticeFiledOn" date,
    "PublishedOn" date,
    CONSTRAINT "PK_PlanVersions" PRIMARY KEY ("PlanId", "Version")
);


CREATE TABLE "Plans" (
    "Id" text NOT NULL,
    "UnitId" text NOT NULL,
    "Year" integer NOT NULL,
    "Kind" text NOT NULL,
    "Title" text NOT NULL,
    "Number" text,
    "UploadedOn" date NOT NULL,
    "Version" integer NOT NULL,
    "SuperiorFiledOn" date,
    "SuperiorNumber" text,
    "GovernmentApprovedOn" date,
    "GovernmentNumber" text,
    "JusticeFiledOn" date,
    "PublishedOn" date,
    "QuietDayReason" text NOT NULL,
    "QuietDaysAskedOn" date,
    "Lawful" boolean,
    "Reasonable" boolean,
    "Coordinated" boolean,
    "ReviewNote" text NOT NULL,
    "ReviewedOn" date,
    CONSTRAINT "PK_Plans" PRIMARY KEY ("Id")
);


CREATE TABLE "Previews" (
    "Id" text NOT NULL,
    "TaskId" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "Version" integer NOT NULL,
    "ScheduledOn" date NOT NULL,
    "HalfDay" text NOT NULL,
    "ItemIds" text[] NOT NULL,
    "InspectorIds" text[] NOT NULL,
    "Contact" text NOT NULL,
    "SentAt" timestamp with time zone NOT NULL,
    "Guide" text,
    "OtherTimeWished" text,
    "OtherDayWished" date,
    "OtherHalfDayWished" text NOT NULL,
    "WishState" text NOT NULL,
    "TimesOffered" text[] NOT NULL,
    "WishRefusedBecause" text,
    CONSTRAINT "PK_Previews" PRIMARY KEY ("Id")
);


CREATE TABLE "Problems" (
    "Id" text NOT NULL,
    "TaskId" text NOT NULL,
    "UnitId" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "Text" text NOT NULL,
    "Basis" text NOT NULL,
    "CorrectBy" date,
    "ClosedOn" date,
    "ClosedById" text,
    "Seen" text,
    "Leniency" text,
    "LeniencyId" text,
    "LeniencyBasis" text,
    CONSTRAINT "PK_Problems" PRIMARY KEY ("Id")
);


CREATE TABLE "PublishedEntries" (
    "PersonId" text NOT NULL,
    "Uid" text NOT NULL,
    "Shown" text NOT NULL,
    "Sequence" integer NOT NULL,
    "ChangedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_PublishedEntries" PRIMARY KEY ("PersonId", "Uid")
);


CREATE TABLE "Questionnaires" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "FormId" text NOT NULL,
    "FormVersion" integer NOT NULL,
    "UnitId" text,
    "AskedById" text NOT NULL,
    "AskedOn" date NOT NULL,
    "Until" date NOT NULL,
    "Sent" integer NOT NULL,
    "WaitingFor" text[] NOT NULL,
    CONSTRAINT "PK_Questionnaires" PRIMARY KEY ("Id")
);


CREATE TABLE "QuietDayRefusals" (
    "Id" text NOT NULL,
    "UnitId" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "TaskId" text,
    "WantedOn" date NOT NULL,
    "RefusedOn" date NOT NULL,
    "PersonId" text,
    CONSTRAINT "PK_QuietDayRefusals" PRIMARY KEY ("Id")
);


CREATE TABLE "RaisedMatters" (
    "Key" text NOT NULL,
    "Kind" text NOT NULL,
    "SubjectId" text NOT NULL,
    "UnitId" text,
    "DueOn" date,
    "RaisedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_RaisedMatters" PRIMARY KEY ("Key")
);


CREATE TABLE "ReportedInspections" (
    "Id" text NOT NULL,
    "UnitId" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "On" date NOT NULL,
    "NamedTaskId" text,
    "Content" text NOT NULL,
    "InspectorIds" text[] NOT NULL,
    "ReportedById" text,
    "TaskId" text,
    CONSTRAINT "PK_ReportedInspections" PRIMARY KEY ("Id")
);


CREATE TABLE "Results" (
    "TaskId" text NOT NULL,
    "UnitId" text NOT NULL,
    "CountsFrom" date,
    "Kind" text NOT NULL,
    "Text" text NOT NULL,
    "EnteredById" text NOT NULL,
    "EnteredAt" timestamp with time zone NOT NULL,
    "Minor" boolean NOT NULL,
    "Penalty" boolean NOT NULL,
    "PenaltyGround" text,
    "DiffersBecause" text,
    "AwaitsLeader" boolean NOT NULL,
    "DecidedById" text,
    "Advice" text[] NOT NULL,
    "AdvisedAt" timestamp with time zone,
    "TransferNumber" text,
    "TransferredTo" text,
    "TransferredOn" date,
    CONSTRAINT "PK_Results" PRIMARY KEY ("TaskId")
);


CREATE TABLE "SelfCheckNotes" (
    "EnterpriseId" text NOT NULL,
    "TaskId" text NOT NULL,
    "Standard" text NOT NULL,
    "Done" boolean NOT NULL,
    "NotedAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_SelfCheckNotes" PRIMARY KEY ("EnterpriseId", "TaskId", "Standard")
);


CREATE TABLE "SituationNotices" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "UnitId" text NOT NULL,
    "ClueIds" text[] NOT NULL,
    "Facts" text[] NOT NULL,
    "SentOn" date NOT NULL,
    "AnswerBy" date NOT NULL,
    "Answer" text,
    "FileIds" text[] NOT NULL,
    "AnsweredById" text,
    "AnsweredOn" date,
    CONSTRAINT "PK_SituationNotices" PRIMARY KEY ("Id")
);


CREATE TABLE "SpotCheckDraws" (
    "Id" text NOT NULL,
    "Quarter" text NOT NULL,
    "Seed" text NOT NULL,
    "List" text NOT NULL,
    "ListHash" text NOT NULL,
    "Order" text[] NOT NULL,
    "DrawnById" text NOT NULL,
    "DrawnAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_SpotCheckDraws" PRIMARY KEY ("Id")
);


CREATE TABLE "SpotChecks" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "Quarter" text NOT NULL,
    "UnitId" text NOT NULL,
    "DrawId" text,
    "Means" integer[] NOT NULL,
    "ById" text NOT NULL,
    "BegunOn" date NOT NULL,
    "State" text NOT NULL,
    "ReplacedBecause" text,
    "Findings" text,
    "FoundProblems" boolean NOT NULL,
    "FileIds" text[] NOT NULL,
    "ClosedOn" date,
    CONSTRAINT "PK_SpotChecks" PRIMARY KEY ("Id")
);


CREATE TABLE "SupervisionCases" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "Letter" text NOT NULL,
    "UnitId" text NOT NULL,
    "Problem" text NOT NULL,
    "Rule" text NOT NULL,
    "Facts" text[] NOT NULL,
    "EvidenceIds" text[] NOT NULL,
    "ClueIds" text[] NOT NULL,
    "OpenedOn" date NOT NULL,
    "OpenedById" text NOT NULL,
    "Stage" text NOT NULL,
    "Outcome" text,
    "AnswerRounds" integer NOT NULL,
    "TimesExtended" integer NOT NULL,
    "MoreTimeOpen" boolean NOT NULL,
    "Disagrees" boolean NOT NULL,
    "FoundUncorrectedOn" date,
    "Letters" integer NOT NULL,
    "DraftFacts" text[] NOT NULL,
    "DraftRule" text NOT NULL,
    "DraftAdvice" text NOT NULL,
    "LetterNumber" text,
    "LetterIssuedOn" date,
    "ServedOn" date,
    "ObjectedOn" date,
    "ObjectionAnswered" boolean NOT NULL,
    "FollowUpMeans" text NOT NULL,
    "FollowUpList" text[] NOT NULL,
    "RectifiedOn" date,
    "FollowedUpOn" date,
    "ReportedOn" date,
    "DecisionNumber" text,
    "DecisionIssuedOn" date,
    "DecisionServedOn" date,
    "ClosedOn" date,
    "StepCount" integer NOT NULL,
    CONSTRAINT "PK_SupervisionCases" PRIMARY KEY ("Id")
);


CREATE TABLE "SupervisionLetters" (
    "Id" text NOT NULL,
    "SubjectId" text NOT NULL,
    "Kind" text NOT NULL,
    "Name" text NOT NULL,
    "Number" text NOT NULL,
    "Document" bytea NOT NULL,
    "Sha256" text NOT NULL,
    "Token" text NOT NULL,
    "IssuedById" text NOT NULL,
    "IssuedOn" date NOT NULL,
    "ReceivedAt" timestamp with time zone,
    "ReceivedById" text,
    "VoidedBecause" text,
    CONSTRAINT "PK_SupervisionLetters" PRIMARY KEY ("Id")
);


CREATE TABLE "Tasks" (
    "Id" text NOT NULL,
    "SubmittedAt" timestamp with time zone,
    "ApprovedOn" date,
    "ApprovedBy" text,
    "ReturnedBecause" text,
    "Urgent" boolean NOT NULL,
    "UrgentReport" text,
    "UrgentReportedAt" timestamp with time zone,
    "PreviewWaived" boolean NOT NULL,
    "PreviewWaiverReason" text,
    "PreviewWaivedBy" text,
    "PreviewWaiverWanted" text,
    "PreviewSentOn" date,
    "ExemptionWanted" boolean NOT NULL,
    "ExemptionReason" text,
    "ExemptedBy" text,
    "Remark" text,
    "LeaderRemark" text,
    "Trigger" text,
    "Type" text NOT NULL,
    "UnitId" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "ScheduledOn" date NOT NULL,
    "HalfDay" text NOT NULL,
    "RegisteredOn" date NOT NULL,
    "Stage" text NOT NULL,
    "PlanId" text,
    "Ground" text NOT NULL,
    "SourceNumber" text,
    "Explanation" text NOT NULL,
    "Section" text NOT NULL,
    "ItemIds" text[] NOT NULL,
    "InspectorIds" text[] NOT NULL,
    "JointUnitIds" text[] NOT NULL,
    "FullCoverage" boolean NOT NULL,
    "RegisteredBy" text,
    "ScannedInAt" timestamp with time zone,
    "NoScanReason" text,
    "RecorderNumber" text,
    "NoScanNotedAt" timestamp with time zone,
    "CompletedOn" date,
    "Result" text,
    "ResultEnteredOn" date,
    "PublishedOn" date,
    "NotPublishedBecause" text,
    "WithholdingWanted" text,
    "MergedIntoTaskId" text,
    "BroughtItemIds" text[] NOT NULL,
    "BroughtInspectorIds" text[] NOT NULL,
    "BroughtUnitIds" text[] NOT NULL,
    "JoinedOn" date,
    CONSTRAINT "PK_Tasks" PRIMARY KEY ("Id")
);


CREATE TABLE "TestReports" (
    "Id" text NOT NULL,
    "TaskId" text NOT NULL,
    "UnitId" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "ItemName" text NOT NULL,
    "Kind" text NOT NULL,
    "On" date NOT NULL,
    "Institute" text NOT NULL,
    "ReportNumber" text NOT NULL,
    "Conclusion" text NOT NULL,
    "AgainBecause" text,
    CONSTRAINT "PK_TestReports" PRIMARY KEY ("Id")
);


CREATE TABLE "Transfers" (
    "Id" text NOT NULL,
    "To" text NOT NULL,
    "UnitId" text NOT NULL,
    "Organ" text NOT NULL,
    "Document" text NOT NULL,
    "On" date NOT NULL,
    "Facts" text NOT NULL,
    "ClueId" text,
    "CaseId" text,
    "RecordedById" text NOT NULL,
    "RecordedOn" date NOT NULL,
    "Outcome" text,
    "OutcomeOn" date,
    CONSTRAINT "PK_Transfers" PRIMARY KEY ("Id")
);


CREATE TABLE "Units" (
    "Id" text NOT NULL,
    "Name" text NOT NULL,
    "Level" text NOT NULL,
    "Field" text NOT NULL,
    "Phone" text NOT NULL,
    "Sections" text[] NOT NULL,
    "LeadsFields" text[] NOT NULL,
    "EntrustedBy" text,
    "EntrustedUntil" date,
    "GuidanceDeskPersonId" text,
    CONSTRAINT "PK_Units" PRIMARY KEY ("Id")
);


CREATE TABLE "UnlicensedReports" (
    "Id" text NOT NULL,
    "Number" text NOT NULL,
    "UnitId" text NOT NULL,
    "Place" text NOT NULL,
    "Text" text NOT NULL,
    "EvidenceIds" text[] NOT NULL,
    "ReceivedOn" date NOT NULL,
    "PersonId" text,
    "CodeHash" text,
    "Moves" integer NOT NULL,
    "MovedBecause" text,
    "Outcome" text,
    "Result" text,
    "SettledOn" date,
    CONSTRAINT "PK_UnlicensedReports" PRIMARY KEY ("Id")
);


CREATE TABLE "Visits" (
    "Id" text NOT NULL,
    "UnitId" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "Kind" text NOT NULL,
    "On" date NOT NULL,
    "HalfDay" text NOT NULL,
    "Content" text NOT NULL,
    "AskedById" text,
    "Asked" integer NOT NULL,
    "Consent" text NOT NULL,
    "AnsweredById" text,
    "AnsweredAt" timestamp with time zone,
    "OtherTimeWished" text,
    "StartedAt" timestamp with time zone,
    "Notes" text,
    "Clue" text,
    "Urgent" boolean NOT NULL,
    "CorrectionNote" text,
    "CorrectBy" date,
    "TurnedIntoCaseOn" date,
    "CalledInspectionAt" timestamp with time zone,
    "CalledInspectionBecause" text,
    CONSTRAINT "PK_Visits" PRIMARY KEY ("Id")
);


CREATE TABLE "WorkbenchSessions" (
    "Hash" text NOT NULL,
    "PersonId" text NOT NULL,
    "Channel" text NOT NULL,
    "Role" text NOT NULL,
    "UnitId" text,
    "Until" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_WorkbenchSessions" PRIMARY KEY ("Hash")
);


CREATE TABLE "WorkbenchTickets" (
    "Hash" text NOT NULL,
    "PersonId" text NOT NULL,
    "Channel" text NOT NULL,
    "Role" text NOT NULL,
    "UnitId" text,
    "ExpiresAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_WorkbenchTickets" PRIMARY KEY ("Hash")
);


CREATE TABLE "WrongTries" (
    "Who" text NOT NULL,
    "About" text NOT NULL,
    "Count" integer NOT NULL,
    "Until" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_WrongTries" PRIMARY KEY ("Who", "About")
);


CREATE TABLE "FollowUp" (
    "Id" text NOT NULL,
    "RequestId" text NOT NULL,
    "Ordinal" integer NOT NULL,
    "Question" text NOT NULL,
    "ReceivedAt" timestamp with time zone NOT NULL,
    "Answer" text,
    "Basis" text NOT NULL,
    "Steps" text NOT NULL,
    "AnsweredAt" timestamp with time zone,
    CONSTRAINT "PK_FollowUp" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_FollowUp_GuidanceRequests_RequestId" FOREIGN KEY ("RequestId") REFERENCES "GuidanceRequests" ("Id") ON DELETE CASCADE
);


CREATE TABLE "MergeParty" (
    "PromptId" text NOT NULL,
    "UnitId" text NOT NULL,
    "AskedOn" date NOT NULL,
    "Answer" text NOT NULL,
    "AnsweredBy" text,
    "AnsweredAt" timestamp with time zone,
    "Reason" text,
    "SeenAt" timestamp with time zone,
    "UrgedOn" date,
    CONSTRAINT "PK_MergeParty" PRIMARY KEY ("PromptId", "UnitId"),
    CONSTRAINT "FK_MergeParty_MergePrompts_PromptId" FOREIGN KEY ("PromptId") REFERENCES "MergePrompts" ("Id") ON DELETE CASCADE
);


CREATE TABLE "SupervisionSteps" (
    "CaseId" text NOT NULL,
    "Ordinal" integer NOT NULL,
    "Deed" text NOT NULL,
    "On" date NOT NULL,
    "ByPersonId" text NOT NULL,
    "Text" text NOT NULL,
    "FileIds" text[] NOT NULL,
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


CREATE INDEX "IX_Tasks_Joint" ON "Tasks" ("CompletedOn", "UnitId", "Stage") WHERE cardinality("JointUnitIds") > 0;


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
