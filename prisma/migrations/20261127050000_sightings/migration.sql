-- What pages of the storefront say of other senders, by reports in different hours, and what Shopify says of our web pixel.
CREATE TABLE "sighting" (
    "store_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "sender" TEXT NOT NULL,
    "pixel_id" TEXT NOT NULL DEFAULT '',
    "sharing" TEXT NOT NULL DEFAULT '',
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "marks" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "sighting_pkey" PRIMARY KEY ("store_id", "kind", "sender", "pixel_id", "sharing"),
    CONSTRAINT "sighting_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

ALTER TABLE "store" ADD COLUMN "web_pixel_sharing" TEXT;
ALTER TABLE "store" ADD COLUMN "web_pixel_sharing_at" TIMESTAMPTZ(3);
