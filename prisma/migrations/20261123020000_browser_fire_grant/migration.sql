-- One browser at most may fire a conversion's browser copy: whose turn it is stands on the conversion's own row, so that
-- two tabs that ask at the same moment are decided by one row lock.
ALTER TABLE "conversion" ADD COLUMN "fire_report_id" BIGINT;
-- Who was told to fire: Shopify's ID of the checkout_completed event, so that its one retry gets the same word again.
ALTER TABLE "browser_report" ADD COLUMN "granted_to" TEXT;
-- The job that closes pairings looks at these only.
CREATE INDEX "conversion_pairing_open_idx" ON "conversion"("received_at") WHERE "pairing" = 'pending' AND "paired_at" IS NULL;
