CREATE TABLE "Addresses" (
    "Channel" TEXT NOT NULL,
    "ExternalId" TEXT NOT NULL,
    "PersonId" TEXT NULL,
    "LastSeenAt" TEXT NULL,
    CONSTRAINT "PK_Addresses" PRIMARY KEY ("Channel", "ExternalId")
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


CREATE TABLE "Deadlines" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Deadlines" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "SubjectId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "UnitId" TEXT NULL,
    "HandlerIds" TEXT NOT NULL,
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
    "StepsDone" INTEGER NOT NULL
);


CREATE TABLE "Enterprises" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Enterprises" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "CreditCode" TEXT NOT NULL,
    "Town" TEXT NOT NULL,
    "Industry" TEXT NOT NULL,
    "IndustryCode" TEXT NOT NULL,
    "IndustryAndTrade" INTEGER NOT NULL,
    "Employees" INTEGER NOT NULL,
    "CreditLevel" TEXT NOT NULL,
    "RiskLevel" TEXT NOT NULL,
    "LongTermTopCredit" INTEGER NOT NULL,
    "FlexibleWhitelist" INTEGER NOT NULL,
    "AnnualOnSiteCapPerUnit" INTEGER NULL
);


CREATE TABLE "Items" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Items" PRIMARY KEY,
    "UnitId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Basis" TEXT NOT NULL,
    "Content" TEXT NOT NULL,
    "Method" TEXT NOT NULL,
    "Published" INTEGER NOT NULL,
    "Standards" TEXT NOT NULL
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
    "LastError" TEXT NULL
);


CREATE TABLE "NumberSeries" (
    "Series" TEXT NOT NULL,
    "Year" INTEGER NOT NULL,
    "Last" INTEGER NOT NULL,
    CONSTRAINT "PK_NumberSeries" PRIMARY KEY ("Series", "Year")
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
    "RemindAt" TEXT NULL
);


CREATE TABLE "Tasks" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Tasks" PRIMARY KEY,
    "Type" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "EnterpriseId" TEXT NOT NULL,
    "ScheduledOn" TEXT NOT NULL,
    "HalfDay" TEXT NOT NULL,
    "RegisteredOn" TEXT NOT NULL,
    "PlanId" TEXT NULL,
    "Trigger" TEXT NOT NULL,
    "Section" TEXT NOT NULL,
    "ItemIds" TEXT NOT NULL,
    "InspectorIds" TEXT NOT NULL,
    "JointUnitIds" TEXT NOT NULL,
    "ApprovedOn" TEXT NULL,
    "ApprovedBy" TEXT NULL,
    "PreviewWaived" INTEGER NOT NULL,
    "PreviewSentOn" TEXT NULL,
    "ScannedInAt" TEXT NULL,
    "NoScanReason" TEXT NULL,
    "CompletedOn" TEXT NULL,
    "Result" TEXT NULL,
    "ResultEnteredOn" TEXT NULL,
    "PublishedOn" TEXT NULL
);


CREATE TABLE "Units" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Units" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "Level" TEXT NOT NULL,
    "Field" TEXT NOT NULL,
    "Phone" TEXT NOT NULL,
    "Sections" TEXT NOT NULL,
    "GuidanceDeskPersonId" TEXT NULL
);


CREATE INDEX "IX_Addresses_PersonId" ON "Addresses" ("PersonId");


CREATE INDEX "IX_Bindings_EnterpriseId" ON "Bindings" ("EnterpriseId");


CREATE INDEX "IX_Bindings_PersonId" ON "Bindings" ("PersonId");


CREATE INDEX "IX_Deadlines_NextStepAt" ON "Deadlines" ("NextStepAt");


CREATE INDEX "IX_Deadlines_UnitId" ON "Deadlines" ("UnitId");


CREATE UNIQUE INDEX "IX_Enterprises_CreditCode" ON "Enterprises" ("CreditCode");


CREATE UNIQUE INDEX "IX_Notices_Key" ON "Notices" ("Key");


CREATE INDEX "IX_Notices_PersonId" ON "Notices" ("PersonId");


CREATE INDEX "IX_Notices_State_NextAttemptAt" ON "Notices" ("State", "NextAttemptAt");


CREATE INDEX "IX_People_UnitId" ON "People" ("UnitId");


CREATE INDEX "IX_Tasks_EnterpriseId_ScheduledOn" ON "Tasks" ("EnterpriseId", "ScheduledOn");


CREATE INDEX "IX_Tasks_UnitId_ScheduledOn" ON "Tasks" ("UnitId", "ScheduledOn");
