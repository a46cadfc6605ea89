-- Orders that Shopify listed and would not give: looked for again later, so that they do not hold up a store's sweep.
ALTER TABLE "store" ADD COLUMN "sweep_set_aside" JSONB NOT NULL DEFAULT '[]';
