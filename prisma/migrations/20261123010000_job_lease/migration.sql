-- A periodic job is run by one process at a time: whoever holds the lease, renewed while it runs.
ALTER TABLE "job" ADD COLUMN "lease_token" TEXT,
                  ADD COLUMN "lease_until" TIMESTAMPTZ(3);
