-- What changed in a store's settings, datasets and storefront, and when: the marks on the charts and the list in the
-- settings (app/stores/note-change.server.ts). Nothing of a person.
CREATE TABLE "store_change" (
    "id" BIGSERIAL NOT NULL,
    "store_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "dataset_id" BIGINT,
    "details" JSONB NOT NULL DEFAULT '{}',
    CONSTRAINT "store_change_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "store_change_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "store_change_store_id_at_idx" ON "store_change"("store_id", "at");
CREATE INDEX "store_change_at_idx" ON "store_change"("at");
