-- Copies that differed in value, currency or by minutes were stored as `mismatched`; Meta counts them once (decision
-- 0790). Those of which both copies are still kept are opened again: the job that closes pairings decides them anew.
UPDATE conversion c SET pairing = 'pending', paired_at = NULL
WHERE c.pairing = 'mismatched'
  AND EXISTS (SELECT 1 FROM browser_report f WHERE f.id = c.fire_report_id AND f.copy IS NOT NULL)
  AND EXISTS (SELECT 1 FROM delivery d WHERE d.conversion_id = c.id AND d.state = 'delivered' AND d.sent_payload IS NOT NULL);
