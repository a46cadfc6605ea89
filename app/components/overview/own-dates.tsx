import { Button } from "@shopify/polaris";
import { useState } from "react";

import type { OverviewReport } from "../../quality/read-overview.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { DayRange } from "../frame/day-range.tsx";

/** Two days and the button that takes them: while one is being typed, nothing is loaded. */
export default function OwnDates({
  period,
  onChoose,
}: {
  period: OverviewReport["period"];
  onChoose: (range: { from: string; to: string }) => void;
}) {
  const { t } = useTexts();
  const [{ from, to }, setRange] = useState<{ from: string | null; to: string | null }>(period);
  return (
    <form
      className="tandem-own-dates"
      onSubmit={(event) => {
        event.preventDefault();
        if (from && to) onChoose({ from, to });
      }}
    >
      <DayRange from={from} to={to} max={period.today} onChange={setRange} />
      <Button submit disabled={!from || !to}>
        {t("overview.period.show")}
      </Button>
    </form>
  );
}
