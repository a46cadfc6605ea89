-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "is_online" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMP(3),
    "access_token" TEXT NOT NULL,
    "user_id" BIGINT,
    "first_name" TEXT,
    "last_name" TEXT,
    "email" TEXT,
    "account_owner" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "collaborator" BOOLEAN DEFAULT false,
    "email_verified" BOOLEAN DEFAULT false,
    "refresh_token" TEXT,
    "refresh_token_expires" TIMESTAMP(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "store" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'installed',
    "installed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "uninstalled_at" TIMESTAMPTZ(3),
    "name" TEXT,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "currency" TEXT,
    "country" TEXT,
    "storefront_url" TEXT,
    "scopes" TEXT,
    "settings_version" INTEGER NOT NULL DEFAULT 1,
    "event_id_rule" TEXT NOT NULL DEFAULT 'order_number',
    "value_basis" TEXT NOT NULL DEFAULT 'total',
    "currency_side" TEXT NOT NULL DEFAULT 'shop',
    "content_id" TEXT NOT NULL DEFAULT 'product',
    "sources" JSONB NOT NULL DEFAULT '{"web":true,"pos":true,"draft":true,"subscription":false,"other":true}',
    "consent_policy" TEXT NOT NULL DEFAULT 'regional',
    "report_wait_seconds" INTEGER NOT NULL DEFAULT 20,
    "retention_days" INTEGER NOT NULL DEFAULT 30,
    "test_event_code" TEXT,
    "test_event_code_expires_at" TIMESTAMPTZ(3),
    "web_pixel_id" TEXT,
    "web_pixel_state" TEXT,
    "web_pixel_problem" TEXT,
    "web_pixel_at" TIMESTAMPTZ(3),
    "metafield_state" TEXT,
    "metafield_problem" TEXT,
    "metafield_at" TIMESTAMPTZ(3),
    "swept_through" TIMESTAMPTZ(3),
    "sweep_problem" TEXT,

    CONSTRAINT "store_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset" (
    "id" BIGSERIAL NOT NULL,
    "store_id" BIGINT NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "name" TEXT,
    "state" TEXT NOT NULL DEFAULT 'active',
    "sealed_token" TEXT,
    "token_last_four" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checked_at" TIMESTAMPTZ(3),
    "check_result" TEXT,
    "held_class" TEXT,
    "held_code" TEXT,
    "held_message" TEXT,
    "held_at" TIMESTAMPTZ(3),
    "probe_at" TIMESTAMPTZ(3),
    "probe_attempts" INTEGER NOT NULL DEFAULT 0,
    "throttled_until" TIMESTAMPTZ(3),
    "served_at" TIMESTAMPTZ(3),

    CONSTRAINT "dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversion" (
    "id" BIGSERIAL NOT NULL,
    "store_id" BIGINT NOT NULL,
    "event_name" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "order_id" TEXT,
    "order_number" TEXT,
    "order_name" TEXT,
    "checkout_token_hash" TEXT,
    "event_id" TEXT NOT NULL,
    "event_time" TIMESTAMPTZ(3) NOT NULL,
    "paid_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "via" TEXT NOT NULL DEFAULT 'webhook',
    "webhook_id" TEXT,
    "source" TEXT NOT NULL,
    "action_source" TEXT NOT NULL,
    "value" DECIMAL(18,4),
    "currency" TEXT,
    "shop_value" DECIMAL(18,4),
    "shop_currency" TEXT,
    "test" BOOLEAN NOT NULL DEFAULT false,
    "document" JSONB,
    "client_ip" TEXT,
    "client_user_agent" TEXT,
    "identity_keys" TEXT[],
    "consent_kind" TEXT,
    "consent_reason" TEXT,
    "pairing" TEXT NOT NULL DEFAULT 'pending',
    "paired_at" TIMESTAMPTZ(3),
    "browser_report_id" BIGINT,
    "redacted_at" TIMESTAMPTZ(3),

    CONSTRAINT "conversion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "browser_report" (
    "id" BIGSERIAL NOT NULL,
    "store_id" BIGINT NOT NULL,
    "order_id" TEXT NOT NULL,
    "checkout_token_hash" TEXT NOT NULL,
    "source" TEXT NOT NULL DEFAULT 'checkout_pixel',
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "document" JSONB,
    "client_ip" TEXT,
    "client_user_agent" TEXT,
    "answer" TEXT,
    "copy" JSONB,
    "answered_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "outcome_at" TIMESTAMPTZ(3),
    "outcomes" JSONB,
    "conversion_id" BIGINT,

    CONSTRAINT "browser_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" BIGSERIAL NOT NULL,
    "store_id" BIGINT NOT NULL,
    "dataset_id" BIGINT NOT NULL,
    "conversion_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "skip_reason" TEXT,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_token" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "without_fbc" BOOLEAN NOT NULL DEFAULT false,
    "asked_at" TIMESTAMPTZ(3),
    "last_class" TEXT,
    "last_code" INTEGER,
    "last_subcode" INTEGER,
    "last_status" INTEGER,
    "last_message" TEXT,
    "last_fbtrace_id" TEXT,
    "first_sent_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "sent_keys" TEXT[],
    "sent_payload" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" BIGSERIAL NOT NULL,
    "store_id" BIGINT NOT NULL,
    "dataset_id" BIGINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "events" INTEGER NOT NULL,
    "http_status" INTEGER,
    "class" TEXT NOT NULL,
    "code" INTEGER,
    "subcode" INTEGER,
    "message" TEXT,
    "fbtrace_id" TEXT,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_attempt" (
    "delivery_id" BIGINT NOT NULL,
    "attempt_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("delivery_id","attempt_id")
);

-- CreateTable
CREATE TABLE "breaker" (
    "scope" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'closed',
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "successes" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "opened_at" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "trips" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "breaker_pkey" PRIMARY KEY ("scope")
);

-- CreateTable
CREATE TABLE "tally" (
    "store_id" BIGINT NOT NULL,
    "dataset_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "metric" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "amount" DECIMAL(20,4) NOT NULL DEFAULT 0,

    CONSTRAINT "tally_pkey" PRIMARY KEY ("store_id","dataset_id","day","metric","label")
);

-- CreateTable
CREATE TABLE "tally_delta" (
    "id" BIGSERIAL NOT NULL,
    "store_id" BIGINT NOT NULL,
    "dataset_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "metric" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "amount" DECIMAL(20,4) NOT NULL DEFAULT 0,

    CONSTRAINT "tally_delta_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "score_snapshot" (
    "id" BIGSERIAL NOT NULL,
    "store_id" BIGINT NOT NULL,
    "dataset_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "quality" JSONB,
    "score" DECIMAL(4,2),
    "problem" TEXT,

    CONSTRAINT "score_snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat" (
    "store_id" BIGINT NOT NULL,
    "theme" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "beats" BIGINT NOT NULL DEFAULT 1,
    "pixels" JSONB NOT NULL DEFAULT '[]',
    "senders" JSONB NOT NULL DEFAULT '[]',
    "blocked" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "heartbeat_pkey" PRIMARY KEY ("store_id","theme")
);

-- CreateTable
CREATE TABLE "compliance_request" (
    "id" BIGSERIAL NOT NULL,
    "shop" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "request_key" TEXT NOT NULL,
    "subject" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),
    "result" JSONB,
    "sealed_export" TEXT,
    "export_expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "compliance_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "test_run" (
    "id" BIGSERIAL NOT NULL,
    "store_id" BIGINT NOT NULL,
    "dataset_id" BIGINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "event_id" TEXT NOT NULL,
    "steps" JSONB NOT NULL,

    CONSTRAINT "test_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job" (
    "name" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "result" JSONB,

    CONSTRAINT "job_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "session_shop_idx" ON "session"("shop");

-- CreateIndex
CREATE UNIQUE INDEX "store_shop_key" ON "store"("shop");

-- CreateIndex
CREATE INDEX "dataset_dataset_id_idx" ON "dataset"("dataset_id");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_store_id_dataset_id_key" ON "dataset"("store_id", "dataset_id");

-- CreateIndex
CREATE INDEX "conversion_store_id_id_idx" ON "conversion"("store_id", "id" DESC);

-- CreateIndex
CREATE INDEX "conversion_store_id_order_number_idx" ON "conversion"("store_id", "order_number");

-- CreateIndex
CREATE INDEX "conversion_store_id_checkout_token_hash_idx" ON "conversion"("store_id", "checkout_token_hash");

-- CreateIndex
CREATE INDEX "conversion_received_at_idx" ON "conversion"("received_at");

-- CreateIndex
CREATE UNIQUE INDEX "conversion_store_id_event_name_source_key_key" ON "conversion"("store_id", "event_name", "source_key");

-- CreateIndex
CREATE INDEX "browser_report_conversion_id_idx" ON "browser_report"("conversion_id");

-- CreateIndex
CREATE INDEX "browser_report_received_at_idx" ON "browser_report"("received_at");

-- CreateIndex
CREATE UNIQUE INDEX "browser_report_store_id_order_id_checkout_token_hash_key" ON "browser_report"("store_id", "order_id", "checkout_token_hash");

-- CreateIndex
CREATE INDEX "delivery_conversion_id_idx" ON "delivery"("conversion_id");

-- CreateIndex
CREATE INDEX "delivery_store_id_id_idx" ON "delivery"("store_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "delivery_dataset_id_conversion_id_key" ON "delivery"("dataset_id", "conversion_id");

-- CreateIndex
CREATE INDEX "attempt_store_id_started_at_idx" ON "attempt"("store_id", "started_at");

-- CreateIndex
CREATE INDEX "attempt_started_at_idx" ON "attempt"("started_at");

-- CreateIndex
CREATE INDEX "delivery_attempt_attempt_id_idx" ON "delivery_attempt"("attempt_id");

-- CreateIndex
CREATE INDEX "score_snapshot_store_id_day_idx" ON "score_snapshot"("store_id", "day");

-- CreateIndex
CREATE UNIQUE INDEX "score_snapshot_dataset_id_day_key" ON "score_snapshot"("dataset_id", "day");

-- CreateIndex
CREATE UNIQUE INDEX "compliance_request_shop_topic_request_key_key" ON "compliance_request"("shop", "topic", "request_key");

-- CreateIndex
CREATE INDEX "test_run_store_id_id_idx" ON "test_run"("store_id", "id" DESC);

-- AddForeignKey
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversion" ADD CONSTRAINT "conversion_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "browser_report" ADD CONSTRAINT "browser_report_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_conversion_id_fkey" FOREIGN KEY ("conversion_id") REFERENCES "conversion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempt" ADD CONSTRAINT "delivery_attempt_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempt" ADD CONSTRAINT "delivery_attempt_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "score_snapshot" ADD CONSTRAINT "score_snapshot_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "heartbeat" ADD CONSTRAINT "heartbeat_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "test_run" ADD CONSTRAINT "test_run_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE;

