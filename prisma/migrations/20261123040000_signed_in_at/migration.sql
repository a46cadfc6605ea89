-- The last token exchange: an uninstall that was triggered before it speaks of an earlier installation.
ALTER TABLE "store" ADD COLUMN "signed_in_at" TIMESTAMPTZ(3);
