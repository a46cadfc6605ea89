-- Orders that a customer's redaction named: nothing of them is taken in again, whether or not they were ever stored.
CREATE TABLE "redacted_order" (
    "store_id" BIGINT NOT NULL,
    "order_id" TEXT NOT NULL,
    "redacted_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "redacted_order_pkey" PRIMARY KEY ("store_id", "order_id"),
    CONSTRAINT "redacted_order_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "redacted_order_redacted_at_idx" ON "redacted_order"("redacted_at");
