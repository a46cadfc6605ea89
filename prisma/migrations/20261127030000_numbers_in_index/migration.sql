-- A part of an order number is looked for in a store's newest 50,000 orders (app/delivery/orders-by-number.server.ts): in
-- the index alone, without a page of the table for each.
DROP INDEX conversion_store_id_id_idx;
CREATE INDEX conversion_store_id_id_idx ON conversion (store_id, id DESC) INCLUDE (order_number);

-- What is read from an index alone is so only where the table was vacuumed since; by default that would be once a fifth
-- of it is new.
ALTER TABLE conversion SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02,
  autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_insert_threshold = 2000);
