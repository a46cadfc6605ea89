-- Orders against Shopify and against Meta, by day (docs/decisions/0830, 0831): counts and sums, nothing of a person.
CREATE TABLE "shopify_day" (
    "store_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "orders" INTEGER NOT NULL,
    "amount" DECIMAL(20,4),
    "currency" TEXT,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "shopify_day_pkey" PRIMARY KEY ("store_id","day")
);
CREATE TABLE "received_day" (
    "store_id" BIGINT NOT NULL,
    "dataset_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "event_name" TEXT NOT NULL,
    "browser" INTEGER,
    "server" INTEGER,
    "total" INTEGER NOT NULL,
    "amount" DECIMAL(20,4),
    "currency" TEXT,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "received_day_pkey" PRIMARY KEY ("dataset_id","day","event_name")
);
CREATE INDEX "received_day_store_id_day_idx" ON "received_day"("store_id", "day");
ALTER TABLE "shopify_day" ADD CONSTRAINT "shopify_day_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "received_day" ADD CONSTRAINT "received_day_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "received_day" ADD CONSTRAINT "received_day_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;
