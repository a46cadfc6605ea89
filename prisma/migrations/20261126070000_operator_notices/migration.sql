-- What a running process has noticed about its settings, for the operator's commands, which are processes of their own.
CREATE TABLE "operator_notice" (
  "name" TEXT NOT NULL,
  "noticed_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "operator_notice_pkey" PRIMARY KEY ("name")
);

-- Reports whose order nobody has confirmed, by store: their number is bounded, the oldest go first.
CREATE INDEX "browser_report_unknown_idx" ON "browser_report"("store_id", "received_at" DESC, "id" DESC)
  WHERE "conversion_id" IS NULL AND "answer" IS NULL;
