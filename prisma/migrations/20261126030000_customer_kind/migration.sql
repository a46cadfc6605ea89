-- New or returning customers: what is known of an order's buyer (null: nothing), the store's switch, and counts.
ALTER TABLE "store" ADD COLUMN "customer_segmentation" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "conversion" ADD COLUMN "customer_kind" TEXT;

-- Metric "customer", by kind; amount: value in the store's currency. Only what is known is counted: the rest of the
-- metric "order" is not known. A browser's report may tell it after the order was stored, hence the second trigger.
CREATE FUNCTION tally_customers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, count, amount)
    SELECT store_id, 0, paid_day, 'customer', customer_kind, count(*), sum(coalesce(shop_value, 0))
    FROM new_rows WHERE customer_kind IS NOT NULL AND via <> 'test'
    GROUP BY 1, 3, 5;
  ELSE
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, count, amount)
    SELECT r.store_id, 0, r.paid_day, 'customer', r.customer_kind, sum(r.sign), sum(r.sign * coalesce(r.shop_value, 0))
    FROM (SELECT store_id, paid_day, customer_kind, shop_value, via, -1 AS sign FROM old_rows
          UNION ALL SELECT store_id, paid_day, customer_kind, shop_value, via, 1 FROM new_rows) r
    WHERE r.customer_kind IS NOT NULL AND r.via <> 'test'
    GROUP BY 1, 3, 5 HAVING sum(r.sign) <> 0 OR sum(r.sign * coalesce(r.shop_value, 0)) <> 0;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tally_customers_inserted AFTER INSERT ON conversion
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION tally_customers();
CREATE TRIGGER tally_customers_updated AFTER UPDATE ON conversion
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION tally_customers();
