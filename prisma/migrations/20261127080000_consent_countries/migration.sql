-- Countries in which Shopify's privacy settings ask buyers for consent, as far as the store lets the app read them.
ALTER TABLE "store" ADD COLUMN "consent_countries" JSONB;
ALTER TABLE "store" ADD COLUMN "consent_countries_at" TIMESTAMPTZ(3);
