-- A dataset whose requests fail rests by itself; Meta as a whole is watched by each process (docs/decisions/0690).
ALTER TABLE "dataset" ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "dataset" ADD COLUMN "failing_since" TIMESTAMPTZ(3);
ALTER TABLE "dataset" ADD COLUMN "rests_until" TIMESTAMPTZ(3);
DROP TABLE "breaker";
