-- No version reads this column since the one before, so processes of that version may run beside this one.
ALTER TABLE "dataset" DROP COLUMN "served_at";

-- A test purchase is a row of test_run: no version stored one as a conversion, so the counts need not leave any out.
CREATE OR REPLACE FUNCTION tally_conversions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, currency, count, amount)
    SELECT n.store_id, 0, n.paid_day, m.metric, m.label, coalesce(n.shop_currency, ''), count(*), sum(coalesce(n.shop_value, 0))
    FROM new_rows n CROSS JOIN LATERAL (VALUES
      ('order', CASE WHEN n.test THEN 'test' ELSE n.source END),
      ('pairing', CASE WHEN NOT n.test THEN
        CASE WHEN has_browser_copy(n.source) THEN 'web:' ELSE 'other:' END || n.pairing END)) AS m(metric, label)
    WHERE m.label IS NOT NULL
    GROUP BY 1, 3, 4, 5, 6;
  ELSE
    -- What keeps its state adds up to nothing. (An order's source, day, value and currency do not change.)
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, currency, count, amount)
    SELECT r.store_id, 0, r.paid_day, 'pairing', CASE WHEN has_browser_copy(r.source) THEN 'web:' ELSE 'other:' END || r.pairing,
           coalesce(r.shop_currency, ''), sum(r.sign), sum(r.sign * coalesce(r.shop_value, 0))
    FROM (SELECT store_id, paid_day, source, pairing, shop_value, shop_currency, test, -1 AS sign FROM old_rows
          UNION ALL SELECT store_id, paid_day, source, pairing, shop_value, shop_currency, test, 1 FROM new_rows) r
    WHERE NOT r.test
    GROUP BY 1, 3, 5, 6 HAVING sum(r.sign) <> 0 OR sum(r.sign * coalesce(r.shop_value, 0)) <> 0;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tally_customers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, currency, count, amount)
    SELECT store_id, 0, paid_day, 'customer', customer_kind, coalesce(shop_currency, ''), count(*), sum(coalesce(shop_value, 0))
    FROM new_rows WHERE customer_kind IS NOT NULL AND NOT test
    GROUP BY 1, 3, 5, 6;
  ELSE
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, currency, count, amount)
    SELECT r.store_id, 0, r.paid_day, 'customer', r.customer_kind, coalesce(r.shop_currency, ''), sum(r.sign),
           sum(r.sign * coalesce(r.shop_value, 0))
    FROM (SELECT store_id, paid_day, customer_kind, shop_value, shop_currency, test, -1 AS sign FROM old_rows
          UNION ALL SELECT store_id, paid_day, customer_kind, shop_value, shop_currency, test, 1 FROM new_rows) r
    WHERE r.customer_kind IS NOT NULL AND NOT r.test
    GROUP BY 1, 3, 5, 6 HAVING sum(r.sign) <> 0 OR sum(r.sign * coalesce(r.shop_value, 0)) <> 0;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tally_deliveries() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, currency, count, amount)
    SELECT c.store_id, n.dataset_id, c.paid_day, m.metric, m.label,
           CASE m.metric WHEN 'delivery' THEN coalesce(c.shop_currency, '') ELSE '' END, count(*),
           sum(CASE m.metric WHEN 'delivery' THEN coalesce(c.shop_value, 0) ELSE 0 END)
    FROM new_rows n JOIN conversion c ON c.id = n.conversion_id
    CROSS JOIN LATERAL (
      SELECT 'delivery' AS metric, delivery_label(n.state, n.skip_reason) AS label
      UNION ALL SELECT 'key', k FROM unnest(n.sent_keys) AS k WHERE n.state = 'delivered') AS m
    GROUP BY 1, 2, 3, 4, 5, 6;
  ELSE
    -- First what changed at all, which for a claim is nothing; only that is worth looking up its order. Each delivery
    -- stands in both tables once: max() of one value is that value.
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, currency, count, amount)
    SELECT c.store_id, r.dataset_id, c.paid_day, m.metric, m.label,
           CASE m.metric WHEN 'delivery' THEN coalesce(c.shop_currency, '') ELSE '' END, sum(m.sign),
           sum(CASE m.metric WHEN 'delivery' THEN m.sign * coalesce(c.shop_value, 0) ELSE 0 END)
    FROM (
      SELECT v.id, v.dataset_id, v.conversion_id,
             max(v.label) FILTER (WHERE v.is_old) AS was, max(v.label) FILTER (WHERE NOT v.is_old) AS became,
             max(v.keys) FILTER (WHERE v.is_old) AS keys_were, max(v.keys) FILTER (WHERE NOT v.is_old) AS keys_became
      FROM (SELECT id, dataset_id, conversion_id, delivery_label(state, skip_reason) AS label,
                   CASE state WHEN 'delivered' THEN sent_keys END AS keys, true AS is_old FROM old_rows
            UNION ALL SELECT id, dataset_id, conversion_id, delivery_label(state, skip_reason),
                   CASE state WHEN 'delivered' THEN sent_keys END, false FROM new_rows) v
      GROUP BY 1, 2, 3
      HAVING max(v.label) FILTER (WHERE v.is_old) <> max(v.label) FILTER (WHERE NOT v.is_old)) r
    JOIN conversion c ON c.id = r.conversion_id
    CROSS JOIN LATERAL (
      SELECT 'delivery' AS metric, r.was AS label, -1 AS sign
      UNION ALL SELECT 'delivery', r.became, 1
      UNION ALL SELECT 'key', k, -1 FROM unnest(r.keys_were) AS k
      UNION ALL SELECT 'key', k, 1 FROM unnest(r.keys_became) AS k) AS m
    GROUP BY 1, 2, 3, 4, 5, 6
    HAVING sum(m.sign) <> 0 OR sum(CASE m.metric WHEN 'delivery' THEN m.sign * coalesce(c.shop_value, 0) ELSE 0 END) <> 0;
  END IF;
  RETURN NULL;
END $$;
