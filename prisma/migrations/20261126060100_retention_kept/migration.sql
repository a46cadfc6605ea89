-- Past the store's retention, and still on their way: point-of-sale orders, which Meta takes for 62 days.
CREATE TABLE "retention_kept" (
    "conversion_id" BIGINT NOT NULL,
    CONSTRAINT "retention_kept_pkey" PRIMARY KEY ("conversion_id"),
    CONSTRAINT "retention_kept_conversion_id_fkey" FOREIGN KEY ("conversion_id") REFERENCES "conversion"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
