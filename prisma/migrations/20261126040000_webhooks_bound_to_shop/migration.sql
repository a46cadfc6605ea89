-- The shop's numeric ID: an order and app/scopes_update name their shop by it, and the header that names it is not signed.
ALTER TABLE "store" ADD COLUMN "shop_id" TEXT;
CREATE INDEX "store_shop_id_idx" ON "store"("shop_id");
-- An app/uninstalled that Shopify has not confirmed yet: tokens stay sealed until it has.
ALTER TABLE "store" ADD COLUMN "uninstall_reported_at" TIMESTAMPTZ(3);
