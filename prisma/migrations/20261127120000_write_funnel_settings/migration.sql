-- What the storefront is told has grown by the funnel: the job that mends what Shopify has not got writes it for every store.
UPDATE "store" SET "metafield_state" = NULL WHERE "state" = 'installed';
