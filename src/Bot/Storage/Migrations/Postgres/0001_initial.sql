CREATE TABLE "Addresses" (
    "Channel" text NOT NULL,
    "ExternalId" text NOT NULL,
    "PersonId" text,
    "LastSeenAt" timestamp with time zone,
    CONSTRAINT "PK_Addresses" PRIMARY KEY ("Channel", "ExternalId")
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


CREATE TABLE "Deadlines" (
    "Id" text NOT NULL,
    "Kind" text NOT NULL,
    "SubjectId" text NOT NULL,
    "Title" text NOT NULL,
    "UnitId" text,
    "HandlerIds" text[] NOT NULL,
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
    CONSTRAINT "PK_Deadlines" PRIMARY KEY ("Id")
);


CREATE TABLE "Enterprises" (
    "Id" text NOT NULL,
    "Name" text NOT NULL,
    "CreditCode" text NOT NULL,
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
    CONSTRAINT "PK_Enterprises" PRIMARY KEY ("Id")
);


CREATE TABLE "Items" (
    "Id" text NOT NULL,
    "UnitId" text NOT NULL,
    "Name" text NOT NULL,
    "Basis" text NOT NULL,
    "Content" text NOT NULL,
    "Method" text NOT NULL,
    "Published" boolean NOT NULL,
    "Standards" text[] NOT NULL,
    CONSTRAINT "PK_Items" PRIMARY KEY ("Id")
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
    CONSTRAINT "PK_Notices" PRIMARY KEY ("Id")
);


CREATE TABLE "NumberSeries" (
    "Series" text NOT NULL,
    "Year" integer NOT NULL,
    "Last" integer NOT NULL,
    CONSTRAINT "PK_NumberSeries" PRIMARY KEY ("Series", "Year")
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
    "RemindAt" time without time zone,
    CONSTRAINT "PK_People" PRIMARY KEY ("Id")
);


CREATE TABLE "Tasks" (
    "Id" text NOT NULL,
    "Type" text NOT NULL,
    "UnitId" text NOT NULL,
    "EnterpriseId" text NOT NULL,
    "ScheduledOn" date NOT NULL,
    "HalfDay" text NOT NULL,
    "RegisteredOn" date NOT NULL,
    "PlanId" text,
    "Trigger" text NOT NULL,
    "Section" text NOT NULL,
    "ItemIds" text[] NOT NULL,
    "InspectorIds" text[] NOT NULL,
    "JointUnitIds" text[] NOT NULL,
    "ApprovedOn" date,
    "ApprovedBy" text,
    "PreviewWaived" boolean NOT NULL,
    "PreviewSentOn" date,
    "ScannedInAt" timestamp with time zone,
    "NoScanReason" text,
    "CompletedOn" date,
    "Result" text,
    "ResultEnteredOn" date,
    "PublishedOn" date,
    CONSTRAINT "PK_Tasks" PRIMARY KEY ("Id")
);


CREATE TABLE "Units" (
    "Id" text NOT NULL,
    "Name" text NOT NULL,
    "Level" text NOT NULL,
    "Field" text NOT NULL,
    "Phone" text NOT NULL,
    "Sections" text[] NOT NULL,
    "GuidanceDeskPersonId" text,
    CONSTRAINT "PK_Units" PRIMARY KEY ("Id")
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
