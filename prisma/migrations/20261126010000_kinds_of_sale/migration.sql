-- The first order of a subscription is bought in a browser as any web order is, so its pairing is counted with theirs
-- (app/conversions/sale-kinds.ts, `hasBrowserCopy`; a test compares the two lists). Rows of before keep their kinds.

CREATE FUNCTION has_browser_copy(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN kind IN ('web', 'subscription_first');

CREATE OR REPLACE FUNCTION tally_conversions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, count, amount)
    SELECT n.store_id, 0, n.paid_day, m.metric, m.label, count(*), sum(coalesce(n.shop_value, 0))
    FROM new_rows n CROSS JOIN LATERAL (VALUES
      ('order', n.source),
      ('pairing', CASE WHEN has_browser_copy(n.source) THEN 'web:' ELSE 'other:' END || n.pairing)) AS m(metric, label)
    WHERE n.via <> 'test'
    GROUP BY n.store_id, n.paid_day, m.metric, m.label;
  ELSE
    -- What keeps its state adds up to nothing. (An order's source, day and value do not change.)
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, count, amount)
    SELECT r.store_id, 0, r.paid_day, 'pairing', CASE WHEN has_browser_copy(r.source) THEN 'web:' ELSE 'other:' END || r.pairing,
           sum(r.sign), sum(r.sign * coalesce(r.shop_value, 0))
    FROM (SELECT store_id, paid_day, source, pairing, shop_value, via, -1 AS sign FROM old_rows
          UNION ALL SELECT store_id, paid_day, source, pairing, shop_value, via, 1 FROM new_rows) r
    WHERE r.via <> 'test'
    GROUP BY 1, 3, 5 HAVING sum(r.sign) <> 0 OR sum(r.sign * coalesce(r.shop_value, 0)) <> 0;
  END IF;
  RETURN NULL;
END $$;
