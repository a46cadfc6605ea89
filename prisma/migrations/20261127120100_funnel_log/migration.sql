-- The log of a store's funnel is always of one event: its rows, newest first, without walking past those of the others. Those
-- that Meta refused are few among very many and are looked for by name.
DROP INDEX "funnel_event_store_id_id_idx";
CREATE INDEX "funnel_event_store_id_event_name_id_idx" ON "funnel_event"("store_id", "event_name", "id" DESC);
CREATE INDEX "funnel_event_dead" ON "funnel_event"("store_id", "event_name", "id" DESC) WHERE "state" = 'dead';
