-- Nothing writes them since 20261127, and nothing reads them any more. No version that does was ever released, so they go at
-- once; a process of an unreleased one cannot show its events until it is replaced, and takes and sends orders as before.
ALTER TABLE "conversion" DROP COLUMN "webhook_id";
ALTER TABLE "delivery" DROP COLUMN "last_fbtrace_id";
