-- Alerts (app/alerts/): where a store is told of findings, what it has been told, and the messages on their way.
CREATE TABLE "alert_channel" (
    "id" TEXT NOT NULL,
    "store_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "sealed_target" TEXT NOT NULL,
    "sealed_secret" TEXT,
    "severity" TEXT NOT NULL,
    "tell_mended" BOOLEAN NOT NULL,
    "quiet_from" INTEGER,
    "quiet_until" INTEGER,
    "critical_passes" BOOLEAN NOT NULL DEFAULT true,
    "group_minutes" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "turn" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "alert_channel_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "alert_told" (
    "channel_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "through_id" BIGINT NOT NULL,
    "state" TEXT,
    "severity" TEXT,
    "told_id" BIGINT,
    CONSTRAINT "alert_told_pkey" PRIMARY KEY ("channel_id","code")
);
CREATE TABLE "alert_message" (
    "id" BIGSERIAL NOT NULL,
    "store_id" BIGINT NOT NULL,
    "channel_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "findings" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_token" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "answer" TEXT,
    CONSTRAINT "alert_message_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "alert_channel_store_id_idx" ON "alert_channel"("store_id");
CREATE INDEX "alert_message_state_due_at_idx" ON "alert_message"("state", "due_at");
CREATE INDEX "alert_message_channel_id_id_idx" ON "alert_message"("channel_id", "id");
CREATE INDEX "alert_message_store_id_created_at_idx" ON "alert_message"("store_id", "created_at");
CREATE INDEX "alert_message_created_at_idx" ON "alert_message"("created_at");
ALTER TABLE "alert_channel" ADD CONSTRAINT "alert_channel_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_told" ADD CONSTRAINT "alert_told_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "alert_channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_message" ADD CONSTRAINT "alert_message_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "alert_channel"("id") ON DELETE CASCADE ON UPDATE CASCADE;
