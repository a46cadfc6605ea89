-- What of a day's sales was given back since, as Shopify's orders tell it, in the shop's currency; null where not known.
ALTER TABLE "shopify_day" ADD COLUMN "refunded" DECIMAL(20, 4);
