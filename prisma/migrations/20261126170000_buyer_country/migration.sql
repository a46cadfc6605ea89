-- The buyer's country, for the event log's filter (app/quality/event-conditions.server.ts). Taken from the details, so it
-- is erased in the moment in which they are.
ALTER TABLE conversion ADD COLUMN country TEXT GENERATED ALWAYS AS (document #>> '{consent,country}') STORED;
CREATE INDEX conversion_country_idx ON conversion (store_id, country, id DESC) WHERE country IS NOT NULL;
