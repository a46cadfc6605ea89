import { type Check, fails, HOLDS, notKnown } from "../../check.ts";

/** What the store counts as an order's value: its own choice, and good to know when reports are compared. */
export const valueBasis: Check = {
  code: "valueBasis",
  area: "money",
  severity: "low",
  source: "Tandem",
  threshold: "a value other than the order's total",
  fromFiles: false,
  mend: { url: "/app/settings#value", name: "audit.mend.settings" },
  judge: ({ store }) => {
    if (!store) return notKnown("not_in_files");
    return store.valueBasis === "total"
      ? HOLDS
      : fails({ severity: "low", certainty: "proven", values: { basis: store.valueBasis } });
  },
};
