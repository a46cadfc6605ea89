-- Counts by currency: amounts of two currencies were added up as if they were one. Test orders of Shopify's are counted
-- apart (metric "order", label "test"), and neither in "pairing" nor in "customer": they are no sales.
ALTER TABLE "tally" ADD COLUMN "currency" TEXT NOT NULL DEFAULT '';
ALTER TABLE "tally_delta" ADD COLUMN "currency" TEXT NOT NULL DEFAULT '';
ALTER TABLE "tally" DROP CONSTRAINT "tally_pkey";
ALTER TABLE "tally" ADD CONSTRAINT "tally_pkey"
  PRIMARY KEY ("store_id", "dataset_id", "day", "metric", "label", "currency");

-- What was counted so far stands under the store's currency, as it was shown; then each order that is still there and was
-- counted wrongly is taken off and put where it belongs.
UPDATE tally t SET currency = s.currency FROM store s
  WHERE s.id = t.store_id AND s.currency IS NOT NULL AND t.metric IN ('order', 'pairing', 'delivery', 'customer');
UPDATE tally_delta t SET currency = s.currency FROM store s
  WHERE s.id = t.store_id AND s.currency IS NOT NULL AND t.metric IN ('order', 'pairing', 'delivery', 'customer');

INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, currency, count, amount)
WITH wrong AS (
  SELECT c.id, c.store_id, c.paid_day, c.source, c.pairing, c.customer_kind, c.test, coalesce(c.shop_value, 0) AS amount,
         coalesce(s.currency, '') AS was, coalesce(c.shop_currency, '') AS became
  FROM conversion c JOIN store s ON s.id = c.store_id
  WHERE c.via <> 'test' AND (c.test OR coalesce(c.shop_currency, '') <> coalesce(s.currency, ''))
), moved AS (
  SELECT w.store_id, 0::bigint AS dataset_id, w.paid_day, m.metric, m.label, m.currency, m.sign, m.sign * w.amount AS amount
  FROM wrong w CROSS JOIN LATERAL (VALUES
    ('order', w.source, w.was, -1),
    ('order', CASE WHEN w.test THEN 'test' ELSE w.source END, w.became, 1),
    ('pairing', CASE WHEN has_browser_copy(w.source) THEN 'web:' ELSE 'other:' END || w.pairing, w.was, -1),
    ('pairing', CASE WHEN w.test THEN NULL
                     ELSE CASE WHEN has_browser_copy(w.source) THEN 'web:' ELSE 'other:' END || w.pairing END, w.became, 1),
    ('customer', w.customer_kind, w.was, -1),
    ('customer', CASE WHEN NOT w.test THEN w.customer_kind END, w.became, 1)) AS m(metric, label, currency, sign)
  WHERE m.label IS NOT NULL
  UNION ALL
  SELECT w.store_id, d.dataset_id, w.paid_day, 'delivery', delivery_label(d.state, d.skip_reason), m.currency, m.sign,
         m.sign * w.amount
  FROM wrong w JOIN delivery d ON d.conversion_id = w.id
  CROSS JOIN LATERAL (VALUES (w.was, -1), (w.became, 1)) AS m(currency, sign)
)
SELECT store_id, dataset_id, paid_day, metric, label, currency, sum(sign), sum(amount) FROM moved
GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(sign) <> 0 OR sum(amount) <> 0;

CREATE OR REPLACE FUNCTION tally_conversions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, currency, count, amount)
    SELECT n.store_id, 0, n.paid_day, m.metric, m.label, coalesce(n.shop_currency, ''), count(*), sum(coalesce(n.shop_value, 0))
    FROM new_rows n CROSS JOIN LATERAL (VALUES
      ('order', CASE WHEN n.test THEN 'test' ELSE n.source END),
      ('pairing', CASE WHEN NOT n.test THEN
        CASE WHEN has_browser_copy(n.source) THEN 'web:' ELSE 'other:' END || n.pairing END)) AS m(metric, label)
    WHERE n.via <> 'test' AND m.label IS NOT NULL
    GROUP BY 1, 3, 4, 5, 6;
  ELSE
    -- What keeps its state adds up to nothing. (An order's source, day, value and currency do not change.)
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, currency, count, amount)
    SELECT r.store_id, 0, r.paid_day, 'pairing', CASE WHEN has_browser_copy(r.source) THEN 'web:' ELSE 'other:' END || r.pairing,
           coalesce(r.shop_currency, ''), sum(r.sign), sum(r.sign * coalesce(r.shop_value, 0))
    FROM (SELECT store_id, paid_day, source, pairing, shop_value, shop_currency, via, test, -1 AS sign FROM old_rows
          UNION ALL SELECT store_id, paid_day, source, pairing, shop_value, shop_currency, via, test, 1 FROM new_rows) r
    WHERE r.via <> 'test' AND NOT r.test
    GROUP BY 1, 3, 5, 6 HAVING sum(r.sign) <> 0 OR sum(r.sign * coalesce(r.shop_value, 0)) <> 0;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tally_customers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, currency, count, amount)
    SELECT store_id, 0, paid_day, 'customer', customer_kind, coalesce(shop_currency, ''), count(*), sum(coalesce(shop_value, 0))
    FROM new_rows WHERE customer_kind IS NOT NULL AND via <> 'test' AND NOT test
    GROUP BY 1, 3, 5, 6;
  ELSE
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, currency, count, amount)
    SELECT r.store_id, 0, r.paid_day, 'customer', r.customer_kind, coalesce(r.shop_currency, ''), sum(r.sign),
           sum(r.sign * coalesce(r.shop_value, 0))
    FROM (SELECT store_id, paid_day, customer_kind, shop_value, shop_currency, via, test, -1 AS sign FROM old_rows
          UNION ALL SELECT store_id, paid_day, customer_kind, shop_value, shop_currency, via, test, 1 FROM new_rows) r
    WHERE r.customer_kind IS NOT NULL AND r.via <> 'test' AND NOT r.test
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
    WHERE c.via <> 'test'
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
    WHERE c.via <> 'test'
    GROUP BY 1, 2, 3, 4, 5, 6
    HAVING sum(m.sign) <> 0 OR sum(CASE m.metric WHEN 'delivery' THEN m.sign * coalesce(c.shop_value, 0) ELSE 0 END) <> 0;
  END IF;
  RETURN NULL;
END $$;
