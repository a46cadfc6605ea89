-- What a group of orders costs the database, by measurement (docs/decisions/0815).

-- Details are hashes for the most part: no row ever became smaller by compression, and trying took a fifth of the time.
-- They stand beside the row as before, so that a change of state does not write them again.
ALTER TABLE conversion ALTER COLUMN document SET STORAGE EXTERNAL;
ALTER TABLE delivery ALTER COLUMN sent_payload SET STORAGE EXTERNAL;

-- The intake gives the day with the row; whoever does not gets it from here.
DROP TRIGGER conversion_paid_day ON conversion;
CREATE TRIGGER conversion_paid_day BEFORE INSERT ON conversion
  FOR EACH ROW WHEN (NEW.paid_day IS NULL) EXECUTE FUNCTION conversion_paid_day();

-- Which of these orders a redaction has named, for a statement that is about to write several: `is_redacted` once for
-- all, with one lock a store. Like it, it looks anew, and the store's next redaction waits for the writer's commit.
CREATE FUNCTION redacted_among(of_stores bigint[], of_orders text[]) RETURNS TABLE (store_id bigint, order_id text)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(redaction_lock(named.store))
  FROM (SELECT DISTINCT unnest(of_stores) AS store ORDER BY 1) named;
  RETURN QUERY SELECT g.store_id, g.order_id FROM redacted_order g
    JOIN unnest(of_stores, of_orders) AS w(of_store, of_order) ON g.store_id = w.of_store AND g.order_id = w.of_order;
END
$$;
