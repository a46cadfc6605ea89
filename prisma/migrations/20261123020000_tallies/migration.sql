-- Counts kept as rows change. Statement-level triggers append what a statement changed to tally_delta (append only, so
-- writers never wait for one another); a job folds the deltas into tally; readers add both up in one statement.
-- What must stay true: for every metric, tally + tally_delta = a recount of the rows, as long as no row was erased.
-- Rows that retention erases keep their place in the counts. Tried by tests/integration/quality-tallies.test.ts.

-- A zone that this server does not know would stop orders at the door: it becomes UTC when it is written.
CREATE FUNCTION store_known_time_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM now() AT TIME ZONE NEW.time_zone;
  RETURN NEW;
EXCEPTION WHEN invalid_parameter_value THEN
  NEW.time_zone := 'UTC';
  RETURN NEW;
END $$;
CREATE TRIGGER store_known_time_zone BEFORE INSERT OR UPDATE OF time_zone ON store
  FOR EACH ROW EXECUTE FUNCTION store_known_time_zone();

-- The store's calendar day of the payment, fixed at the door: a store that later moves to another time zone keeps its
-- history, and a count taken off always goes off the day that it was put on.
ALTER TABLE conversion ADD COLUMN paid_day DATE;
UPDATE conversion c SET paid_day = (c.paid_at AT TIME ZONE s.time_zone)::date FROM store s WHERE s.id = c.store_id;
CREATE FUNCTION conversion_paid_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.paid_day := (SELECT (NEW.paid_at AT TIME ZONE s.time_zone)::date FROM store s WHERE s.id = NEW.store_id);
  RETURN NEW;
END $$;
CREATE TRIGGER conversion_paid_day BEFORE INSERT ON conversion
  FOR EACH ROW EXECUTE FUNCTION conversion_paid_day();

-- Metric "order", by source; metric "pairing", by "web:" or "other:" (no buyer's browser to wait for) and state.
-- amount: value in the store's currency. Purchases with a test event code (via = 'test') are no orders.
CREATE FUNCTION tally_conversions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, count, amount)
    SELECT n.store_id, 0, n.paid_day, m.metric, m.label, count(*), sum(coalesce(n.shop_value, 0))
    FROM new_rows n CROSS JOIN LATERAL (VALUES
      ('order', n.source),
      ('pairing', CASE n.source WHEN 'web' THEN 'web:' ELSE 'other:' END || n.pairing)) AS m(metric, label)
    WHERE n.via <> 'test'
    GROUP BY n.store_id, n.paid_day, m.metric, m.label;
  ELSE
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, count, amount)
    SELECT n.store_id, 0, n.paid_day, 'pairing', CASE n.source WHEN 'web' THEN 'web:' ELSE 'other:' END || m.pairing,
           sum(m.sign), sum(m.sign * coalesce(n.shop_value, 0))
    FROM old_rows o JOIN new_rows n ON n.id = o.id
    CROSS JOIN LATERAL (VALUES (o.pairing, -1), (n.pairing, 1)) AS m(pairing, sign)
    WHERE o.pairing IS DISTINCT FROM n.pairing AND n.via <> 'test'
    GROUP BY 1, 3, 5 HAVING sum(m.sign) <> 0 OR sum(m.sign * coalesce(n.shop_value, 0)) <> 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tally_conversions_inserted AFTER INSERT ON conversion
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION tally_conversions();
CREATE TRIGGER tally_conversions_updated AFTER UPDATE ON conversion
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION tally_conversions();

-- What a delivery counts as. The steps between intake and settlement are one: they change too often to be worth rows.
CREATE FUNCTION delivery_label(state text, skip_reason text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN state IN ('waiting', 'due', 'leased', 'retrying') THEN 'open'
              WHEN state = 'skipped' THEN 'skipped:' || coalesce(skip_reason, 'unknown')
              ELSE state END
$$;

-- Metric "delivery", by dataset and state, on the day of the payment; metric "key", by key of customer information, for
-- what was delivered.
CREATE FUNCTION tally_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, count, amount)
    SELECT c.store_id, n.dataset_id, c.paid_day, m.metric, m.label, count(*),
           sum(CASE m.metric WHEN 'delivery' THEN coalesce(c.shop_value, 0) ELSE 0 END)
    FROM new_rows n JOIN conversion c ON c.id = n.conversion_id
    CROSS JOIN LATERAL (
      SELECT 'delivery' AS metric, delivery_label(n.state, n.skip_reason) AS label
      UNION ALL SELECT 'key', k FROM unnest(n.sent_keys) AS k WHERE n.state = 'delivered') AS m
    WHERE c.via <> 'test'
    GROUP BY 1, 2, 3, 4, 5;
  ELSE
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, count, amount)
    SELECT c.store_id, n.dataset_id, c.paid_day, m.metric, m.label, sum(m.sign),
           sum(CASE m.metric WHEN 'delivery' THEN m.sign * coalesce(c.shop_value, 0) ELSE 0 END)
    FROM old_rows o JOIN new_rows n ON n.id = o.id JOIN conversion c ON c.id = n.conversion_id
    CROSS JOIN LATERAL (
      SELECT 'delivery' AS metric, delivery_label(o.state, o.skip_reason) AS label, -1 AS sign
      UNION ALL SELECT 'delivery', delivery_label(n.state, n.skip_reason), 1
      UNION ALL SELECT 'key', k, 1 FROM unnest(n.sent_keys) AS k WHERE n.state = 'delivered' AND o.state <> 'delivered'
      UNION ALL SELECT 'key', k, -1 FROM unnest(o.sent_keys) AS k WHERE o.state = 'delivered' AND n.state <> 'delivered'
    ) AS m
    WHERE delivery_label(o.state, o.skip_reason) <> delivery_label(n.state, n.skip_reason) AND c.via <> 'test'
    GROUP BY 1, 2, 3, 4, 5
    HAVING sum(m.sign) <> 0 OR sum(CASE m.metric WHEN 'delivery' THEN m.sign * coalesce(c.shop_value, 0) ELSE 0 END) <> 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tally_deliveries_inserted AFTER INSERT ON delivery
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION tally_deliveries();
CREATE TRIGGER tally_deliveries_updated AFTER UPDATE ON delivery
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION tally_deliveries();

-- Metric "attempt", by dataset and class, on the day of the request; amount: events in it.
CREATE FUNCTION tally_attempts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, count, amount)
  SELECT n.store_id, n.dataset_id, (n.started_at AT TIME ZONE s.time_zone)::date, 'attempt', n.class, count(*), sum(n.events)
  FROM new_rows n JOIN store s ON s.id = n.store_id
  GROUP BY 1, 2, 3, 5;
  RETURN NULL;
END $$;
CREATE TRIGGER tally_attempts_inserted AFTER INSERT ON attempt
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION tally_attempts();

CREATE INDEX tally_delta_store_id_idx ON tally_delta (store_id);

-- Where the event log's filters read (app/quality/read-events.server.ts). A store's rare rows have small indexes of
-- their own, so that a page of them never walks past millions of others.
CREATE INDEX conversion_received_idx ON conversion (store_id, received_at, id);
CREATE INDEX conversion_source_idx ON conversion (store_id, source, id DESC);
CREATE INDEX conversion_unpaired_idx ON conversion (store_id, pairing, id DESC)
  WHERE pairing IN ('server_only', 'browser_only', 'mismatched');
CREATE INDEX delivery_unsettled_idx ON delivery (store_id, conversion_id DESC)
  WHERE state IN ('waiting', 'due', 'leased', 'retrying', 'held', 'dead');
CREATE INDEX delivery_skipped_idx ON delivery (store_id, conversion_id DESC) WHERE state = 'skipped';
