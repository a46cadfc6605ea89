-- One sealed word: a start with the wrong encryption key is noticed before anything is sealed with it.
CREATE TABLE "key_check" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "sealed" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "key_check_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "key_check_one_row" CHECK ("id" = 1)
);

-- Retention walks rows once, in the order of their IDs, instead of searching for what is left to erase: no index on the
-- way of an order, and a pass costs what is new in it.
CREATE TABLE "retention_mark" (
    "name" TEXT NOT NULL,
    "through_id" BIGINT NOT NULL,

    CONSTRAINT "retention_mark_pkey" PRIMARY KEY ("name")
);
ALTER TABLE "store" ADD COLUMN "erased_through" BIGINT NOT NULL DEFAULT 0;

-- Reports that no order has joined: few, and gone after a week.
CREATE INDEX "browser_report_unmatched_idx" ON "browser_report"("received_at") WHERE "conversion_id" IS NULL;

-- How far a compliance request has got, so that any process can go on with it.
ALTER TABLE "compliance_request" ADD COLUMN "progress" JSONB;
