-- The outbox as an index: only what still has to go stands in it, lane (dataset) by lane, oldest due first. What is
-- delivered leaves it, so a claim costs the same whatever lies behind.
CREATE INDEX "delivery_ready_idx" ON "delivery" ("dataset_id", "due_at")
  WHERE "state" IN ('waiting', 'due', 'retrying', 'held');
-- The same by expiry: what is in danger of being too old for Meta goes before all.
CREATE INDEX "delivery_expiring_idx" ON "delivery" ("dataset_id", "expires_at")
  WHERE "state" IN ('waiting', 'due', 'retrying', 'held');
-- The reaper's: leases by their end.
CREATE INDEX "delivery_leased_idx" ON "delivery" ("lease_until") WHERE "state" = 'leased';
-- Retrying by hand, and the list of what failed.
CREATE INDEX "delivery_unwell_idx" ON "delivery" ("store_id", "id") WHERE "state" IN ('dead', 'retrying', 'held');

-- Every delivery is written three times in its life, soon after birth: leave room, vacuum early.
ALTER TABLE "delivery" SET (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000,
  autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE "conversion" SET (fillfactor = 85);
ALTER TABLE "dataset" SET (fillfactor = 50);
ALTER TABLE "breaker" SET (fillfactor = 50);

-- Failures that count against the retry schedule; `attempts` counts every request.
ALTER TABLE "delivery" ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0;
-- Throttles in a row: how long the next pause is.
ALTER TABLE "dataset" ADD COLUMN "throttles" INTEGER NOT NULL DEFAULT 0;
