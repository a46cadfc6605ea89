-- Fewer indexes on the two tables that every order is written to: what each was read for, and what answers it now, stands
-- in docs/decisions/0815.

-- The event log's filters by source, pairing and country: one index for all three and any of their combinations
-- (app/quality/facets.server.ts), instead of one each.
CREATE INDEX conversion_facet_idx ON conversion (store_id, source, pairing, (coalesce(country, '')), id DESC);
DROP INDEX conversion_source_idx;
DROP INDEX conversion_unpaired_idx;
DROP INDEX conversion_elsewhere_idx;
DROP INDEX conversion_country_idx;

-- IDs are handed out in the order of arrival: times are found by halving (app/quality/id-bounds.server.ts).
DROP INDEX conversion_received_idx;
DROP INDEX conversion_received_at_idx;

-- Most orders have their number as event ID, which has an index already.
CREATE INDEX conversion_other_number_idx ON conversion (store_id, order_number)
  WHERE order_number <> event_id OR event_id_shared;
DROP INDEX conversion_store_id_order_number_idx;

-- What is not delivered, by state: a store's failed, skipped and waiting ones.
CREATE INDEX delivery_state_idx ON delivery (store_id, state, conversion_id DESC) WHERE state <> 'delivered';
DROP INDEX delivery_unsettled_idx;
DROP INDEX delivery_skipped_idx;
DROP INDEX delivery_unwell_idx;
-- Read by nothing.
DROP INDEX delivery_store_id_id_idx;
