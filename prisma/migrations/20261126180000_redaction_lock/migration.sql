-- Whether a redaction has named the order, for a statement that is about to write something of it. A statement sees the
-- database as it was when it began; this function looks anew, and holds a lock until the writer's commit, for which the
-- store's next redaction waits (app/privacy/redact-customer.server.ts takes the same lock alone).
CREATE FUNCTION is_redacted(of_store bigint, of_order text) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(redaction_lock(of_store));
  RETURN EXISTS (SELECT 1 FROM redacted_order g WHERE g.store_id = of_store AND g.order_id = of_order);
END
$$;

CREATE FUNCTION redaction_lock(of_store bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$ SELECT hashtextextended('redaction', of_store) $$;
