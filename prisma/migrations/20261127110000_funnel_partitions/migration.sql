-- Makes the partitions of `funnel_event` around a day (UTC) and drops those before. Attached, not created in place: that
-- locks out no reader and no writer. One process at a time; the others find it done.
CREATE FUNCTION keep_funnel_partitions(today DATE, days_back INTEGER, days_ahead INTEGER) RETURNS INTEGER AS $$
DECLARE
    each_day DATE;
    partition TEXT;
    changed INTEGER := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('funnel_event partitions'));
    FOR each_day IN SELECT generate_series(today - days_back, today + days_ahead, interval '1 day')::date LOOP
        partition := 'funnel_event_' || to_char(each_day, 'YYYYMMDD');
        CONTINUE WHEN to_regclass(partition) IS NOT NULL;
        EXECUTE format('CREATE TABLE %I (LIKE funnel_event INCLUDING DEFAULTS) WITH (autovacuum_vacuum_scale_factor = 0.05, '
            'autovacuum_vacuum_insert_scale_factor = 1, autovacuum_analyze_scale_factor = 0.5)', partition);
        EXECUTE format('ALTER TABLE funnel_event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            partition, each_day, each_day + 1);
        changed := changed + 1;
    END LOOP;
    FOR partition IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'funnel_event'::regclass
          AND c.relname < 'funnel_event_' || to_char(today - days_back, 'YYYYMMDD')
    LOOP
        EXECUTE format('DROP TABLE %I', partition);
        changed := changed + 1;
    END LOOP;
    RETURN changed;
END
$$ LANGUAGE plpgsql;
