-- What the audit found in each store (app/audit/): the last run, findings, and their history. Nothing of a person.
CREATE TABLE "audit_run" (
    "store_id" BIGINT NOT NULL,
    "ran_at" TIMESTAMPTZ(3) NOT NULL,
    "verdicts" JSONB NOT NULL,
    "looked" INTEGER NOT NULL,
    "is_all" BOOLEAN NOT NULL,
    "problem" TEXT,
    CONSTRAINT "audit_run_pkey" PRIMARY KEY ("store_id")
);
CREATE TABLE "finding" (
    "store_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "certainty" TEXT NOT NULL,
    "since" DATE,
    "orders" INTEGER,
    "worth" JSONB NOT NULL DEFAULT '[]',
    "figures" JSONB NOT NULL DEFAULT '{}',
    "evidence" JSONB NOT NULL DEFAULT '[]',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "mended_at" TIMESTAMPTZ(3),
    "times" INTEGER NOT NULL DEFAULT 1,
    "snoozed_until" TIMESTAMPTZ(3),
    "snooze_reason" TEXT,
    CONSTRAINT "finding_pkey" PRIMARY KEY ("store_id","code")
);
CREATE TABLE "finding_change" (
    "id" BIGSERIAL NOT NULL,
    "store_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "certainty" TEXT NOT NULL,
    "orders" INTEGER,
    "worth" JSONB NOT NULL DEFAULT '[]',
    "figures" JSONB NOT NULL DEFAULT '{}',
    "reason" TEXT,
    CONSTRAINT "finding_change_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "finding_change_store_id_id_idx" ON "finding_change"("store_id", "id");
CREATE INDEX "finding_change_at_idx" ON "finding_change"("at");
ALTER TABLE "audit_run" ADD CONSTRAINT "audit_run_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "finding" ADD CONSTRAINT "finding_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "finding_change" ADD CONSTRAINT "finding_change_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Meta's answers for the audit: every event's quality, of the whole dataset and of what Tandem sent; when a token ends.
ALTER TABLE "score_snapshot" ADD COLUMN "others" JSONB, ADD COLUMN "ours" JSONB;
ALTER TABLE "dataset" ADD COLUMN "token_expires_at" TIMESTAMPTZ(3);
