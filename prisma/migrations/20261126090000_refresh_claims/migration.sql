-- Until when one process refreshes a session's token: no transaction is held while Shopify is asked.
ALTER TABLE "session" ADD COLUMN "refreshing_until" TIMESTAMPTZ(3);
