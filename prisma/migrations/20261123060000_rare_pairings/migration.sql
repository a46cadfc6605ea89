-- Pairings that a store may have none of: a page that looks for one must not walk past millions of others to find out.
DROP INDEX conversion_unpaired_idx;
CREATE INDEX conversion_unpaired_idx ON conversion (store_id, pairing, id DESC) WHERE pairing <> 'paired';
CREATE INDEX conversion_elsewhere_idx ON conversion (store_id, source, pairing, id DESC) WHERE source <> 'web';
