-- Rules of the merchant that leave orders out, and the name of the rule that left one out.
ALTER TABLE store ADD COLUMN exclude JSONB NOT NULL DEFAULT '[]';
ALTER TABLE conversion ADD COLUMN excluded_by TEXT;
