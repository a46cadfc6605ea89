-- The key begins with the event's ID. With the day before it, a server that knows little of a fresh day settled 500 events by
-- walking past all that the dataset had on that day, and looked for one ID through all of a day.
ALTER TABLE "funnel_event" DROP CONSTRAINT "funnel_event_pkey";
ALTER TABLE "funnel_event" ADD CONSTRAINT "funnel_event_pkey" PRIMARY KEY ("event_id", "event_name", "dataset_id", "day");

-- A customer's events are found by what the payload holds; nobody asked the index. No version that writes the column was ever
-- released, so it goes at once.
DROP INDEX "funnel_event_customer";
ALTER TABLE "funnel_event" DROP COLUMN "customer_hash";
