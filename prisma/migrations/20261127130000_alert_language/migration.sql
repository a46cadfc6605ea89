-- Messages are written in the language of whoever saved the channel last (app/alerts/). Channels so far, and those that an
-- older version adds, are told in English. Not NULL: a row that says nothing would have to be read as English everywhere.
ALTER TABLE "alert_channel" ADD COLUMN "language" TEXT NOT NULL DEFAULT 'en';
