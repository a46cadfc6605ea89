-- One event ID, one order of a store (docs/decisions/0660). Shopify does not promise that an order number is used once;
-- Meta keeps one of two events with one ID, so the second sale would not count. Rows from before this rule keep the ID
-- that was sent: the first of each stays under the rule, the others are marked and stand outside of it.
ALTER TABLE conversion ADD COLUMN event_id_shared BOOLEAN NOT NULL DEFAULT false;

UPDATE conversion c SET event_id_shared = true
FROM (
  SELECT id, row_number() OVER (PARTITION BY store_id, event_name, event_id ORDER BY id) AS place FROM conversion
) AS same_id
WHERE same_id.id = c.id AND same_id.place > 1;

CREATE UNIQUE INDEX conversion_event_id_key ON conversion (store_id, event_name, event_id) WHERE NOT event_id_shared;
