import { type Check, fails, HOLDS, notKnown } from "../../check.ts";

/** A test event code that was left. It never goes along with an order; it only says that a test was not finished. */
export const testCodeLeft: Check = {
  code: "testCodeLeft",
  area: "sender",
  severity: "low",
  source: "Tandem",
  threshold: "a test event code that ended more than a day ago and still stands there",
  fromFiles: false,
  mend: { url: "/app/test-events", name: "audit.mend.testEvents" },
  judge: ({ store, now }) => {
    if (!store) return notKnown("not_in_files");
    const isLeft =
      store.hasTestCode && store.testCodeUntil !== null && now - store.testCodeUntil > 86_400_000;
    return isLeft ? fails({ severity: "low", certainty: "proven" }) : HOLDS;
  },
};
