import { useNavigate, useNavigation, useSearchParams } from "@remix-run/react";
import { InlineStack, Select, Spinner, Text } from "@shopify/polaris";
import { lazy, Suspense, useState } from "react";

import type { EventName } from "../../../extensions/contract/events/registry.ts";
import { DEFAULT_EVENT } from "../../quality/default-event.ts";
import type { OverviewFrame } from "../../quality/read-overview-frame.server.ts";
import { PERIODS } from "../../quality/store-period.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { EventSelect } from "../frame/event-select.tsx";
import { useFormat } from "../frame/use-format.ts";
import { useIsAlive } from "../frame/use-is-alive.ts";

const OWN_DATES = "own";

/** Loaded when it is chosen: its fields are a tenth of the page's script, and few open it. */
const OwnDates = lazy(() => import("./own-dates.tsx"));

/** Which days, which event and which dataset the figures below are of, named and to be chosen; the choice is kept in the address. */
export function PeriodSelect({ report, event }: { report: OverviewFrame; event: EventName }) {
  const format = useFormat();
  const { t } = useTexts();
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const busy = useNavigation().state === "loading";
  const isAlive = useIsAlive();
  const loading = <Spinner size="small" accessibilityLabel={t("overview.period.loading")} />;
  const { period } = report;
  const [isOwn, setIsOwn] = useState(period.choice.kind === "range");
  const put = (change: Readonly<Record<string, string | null>>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(change))
      if (value === null) next.delete(name);
      else next.set(name, value);
    setSearch(next, { preventScrollReset: true });
  };
  const choose = (value: string) => {
    setIsOwn(value === OWN_DATES);
    if (value === OWN_DATES) return;
    const [kind = "", chosen = ""] = value.split(":");
    put({ days: null, month: null, from: null, to: null, [kind]: chosen });
  };
  return (
    <div className="tandem-period">
      <Text as="p" tone="subdued" variant="bodySm">
        {t("overview.period.shown", {
          from: format.day(period.from),
          to: format.day(period.to),
          zone: format.timeZoneName,
        })}
      </Text>
      <InlineStack gap="200" blockAlign="end">
        {busy ? loading : null}
        <EventSelect
          event={event}
          choices={report.events}
          onChange={(chosen) => {
            const next = new URLSearchParams(search);
            const isSale = chosen === DEFAULT_EVENT;
            if (isSale) next.delete("event");
            else next.set("event", chosen);
            navigate(`${isSale ? "/app" : "/app/funnel"}?${next.toString()}`, { preventScrollReset: true });
          }}
        />
        {report.datasets.length > 1 ? (
          <Select
            label={t("overview.period.dataset")}
            labelHidden
            options={report.datasets.map((each) => ({ value: each.id, label: each.label }))}
            value={report.dataset ?? ""}
            onChange={(value) => put({ dataset: value })}
          />
        ) : null}
        <Select
          label={t("overview.period.label")}
          labelHidden
          options={usePeriodOptions(report)}
          value={isOwn ? OWN_DATES : valueOf(period.choice)}
          onChange={choose}
        />
      </InlineStack>
      {isOwn && !isAlive ? loading : null}
      {isOwn && isAlive ? (
        <Suspense fallback={loading}>
          <OwnDates period={period} onChoose={({ from, to }) => put({ days: null, month: null, from, to })} />
        </Suspense>
      ) : null}
    </div>
  );
}

function valueOf(choice: OverviewFrame["period"]["choice"]): string {
  switch (choice.kind) {
    case "days":
      return `days:${choice.days}`;
    case "month":
      return `month:${choice.month}`;
    case "range":
      return OWN_DATES;
  }
}

function usePeriodOptions({ period }: OverviewFrame) {
  const format = useFormat();
  const { t } = useTexts();
  const asked = period.choice.kind === "month" ? [period.choice.month] : [];
  const months = [...new Set([...period.months, ...asked])];
  return [
    ...PERIODS.map((days) => ({
      value: `days:${days}`,
      label: t("overview.period.last", { number: format.number(days) }),
    })),
    { value: OWN_DATES, label: t("overview.period.own") },
    ...months.map((month) => ({
      value: `month:${month}`,
      label: t("overview.period.month", {
        month: t(MONTHS[Number(month.slice(5)) - 1] ?? MONTHS[0]),
        year: month.slice(0, 4),
      }),
    })),
  ];
}

const MONTHS = [
  "overview.months.1",
  "overview.months.2",
  "overview.months.3",
  "overview.months.4",
  "overview.months.5",
  "overview.months.6",
  "overview.months.7",
  "overview.months.8",
  "overview.months.9",
  "overview.months.10",
  "overview.months.11",
  "overview.months.12",
] as const;
