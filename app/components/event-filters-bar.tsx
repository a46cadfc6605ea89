import { useNavigate, useNavigation } from "@remix-run/react";
import {
  ChoiceList,
  IndexFilters,
  IndexFiltersMode,
  useSetIndexFiltersMode,
  type IndexFiltersProps,
} from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";

import {
  EVENT_SOURCES,
  EVENT_VIEWS,
  PAIRING_STATES,
  readEventFilters,
  writeEventFilters,
  type EventFilters,
  type EventView,
} from "../quality/event-filters.ts";
import { DayRange } from "./day-range.tsx";
import { useFormat } from "./use-format.ts";
import { sourceName } from "./words.ts";

const VIEW_NAMES: Readonly<Record<EventView, string>> = {
  all: "All",
  attention: "Needs attention",
  waiting: "Waiting",
  recovered: "Recovered",
  skipped: "Skipped",
};

const STATUS_CHOICES = [
  { value: "delivered", label: "Sent" },
  { value: "open", label: "On the way" },
  { value: "retrying", label: "Retrying" },
  { value: "held", label: "Held or paused" },
  { value: "dead", label: "Failed" },
  { value: "skipped", label: "Skipped" },
];

const PAIRING_NAMES: Readonly<Record<(typeof PAIRING_STATES)[number], string>> = {
  paired: "Paired",
  server_only: "Server only",
  browser_only: "Browser only",
  mismatched: "Mismatched",
  pending: "Not known yet",
};

/** Typing pauses this long before the address changes. */
const TYPING_MS = 350;

/** Saved views as tabs, filters and search: all of it lives in the address. */
export function EventFiltersBar({
  filters: loaded,
  datasets,
}: {
  filters: EventFilters;
  datasets: readonly { readonly id: string; readonly label: string }[];
}) {
  const navigate = useNavigate();
  const { state, location } = useNavigation();
  const busy = state === "loading";
  // What was chosen a moment ago counts already, though its rows are still on their way.
  const filters =
    location?.pathname === "/app/events" ? readEventFilters(new URLSearchParams(location.search)) : loaded;
  const format = useFormat();
  const narrowed = writeEventFilters({ ...filters, view: "all" }).toString() !== "";
  const { mode, setMode } = useSetIndexFiltersMode(
    narrowed ? IndexFiltersMode.Filtering : IndexFiltersMode.Default,
  );
  const [search, setSearch] = useState(filters.search);
  useEffect(() => setSearch(loaded.search), [loaded.search]);
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The pause after typing may end when something else was chosen since.
  const latest = useRef(filters);
  useEffect(() => {
    latest.current = filters;
  });
  const go = (change: Partial<EventFilters>) => {
    const query = writeEventFilters({ ...latest.current, ...change }).toString();
    navigate(`/app/events${query === "" ? "" : `?${query}`}`, { preventScrollReset: true });
  };
  const none = {
    status: [],
    pairing: [],
    source: [],
    dataset: null,
    from: null,
    to: null,
    search: "",
  } as const;

  const choices = (
    key: "status" | "pairing" | "source" | "dataset",
    label: string,
    options: { value: string; label: string }[],
    selected: readonly string[],
    change: (chosen: string[]) => Partial<EventFilters>,
    multiple = true,
  ) => ({
    key,
    label,
    pinned: true,
    filter: (
      <ChoiceList
        title={label}
        titleHidden
        choices={options}
        selected={[...selected]}
        onChange={(chosen) => go(change(chosen))}
        allowMultiple={multiple}
      />
    ),
  });
  const shown: IndexFiltersProps["filters"] = [
    choices("status", "Status", STATUS_CHOICES, filters.status, (status) => ({
      status: status as EventFilters["status"][number][],
    })),
    choices(
      "pairing",
      "Deduplication",
      PAIRING_STATES.map((value) => ({ value, label: PAIRING_NAMES[value] })),
      filters.pairing,
      (pairing) => ({ pairing: pairing as EventFilters["pairing"][number][] }),
    ),
    choices(
      "source",
      "Source",
      EVENT_SOURCES.map((value) => ({ value, label: sourceName(value) })),
      filters.source,
      (source) => ({ source }),
    ),
    ...(datasets.length > 1
      ? [
          choices(
            "dataset",
            "Dataset",
            datasets.map((each) => ({ value: each.id, label: each.label })),
            filters.dataset === null ? [] : [filters.dataset],
            ([dataset]) => ({ dataset: dataset ?? null }),
            false,
          ),
        ]
      : []),
    {
      key: "date",
      label: "Received",
      pinned: true,
      filter: <DayRange from={filters.from} to={filters.to} onChange={go} />,
    },
  ];
  const names = (list: readonly string[], all: readonly { value: string; label: string }[]) =>
    list.map((value) => all.find((each) => each.value === value)?.label ?? value).join(", ");
  const applied = [
    {
      key: "status",
      on: filters.status.length > 0,
      label: `Status: ${names(filters.status, STATUS_CHOICES)}`,
      off: { status: [] },
    },
    {
      key: "pairing",
      on: filters.pairing.length > 0,
      label: `Deduplication: ${filters.pairing.map((each) => PAIRING_NAMES[each]).join(", ")}`,
      off: { pairing: [] },
    },
    {
      key: "source",
      on: filters.source.length > 0,
      label: `Source: ${filters.source.map(sourceName).join(", ")}`,
      off: { source: [] },
    },
    {
      key: "dataset",
      on: filters.dataset !== null,
      label: `Dataset: ${datasets.find((each) => each.id === filters.dataset)?.label ?? "unknown"}`,
      off: { dataset: null },
    },
    {
      key: "date",
      on: filters.from !== null || filters.to !== null,
      label: `Received ${[filters.from ? `from ${format.day(filters.from)}` : "", filters.to ? `to ${format.day(filters.to)}` : ""].filter(Boolean).join(" ")}`,
      off: { from: null, to: null },
    },
  ].filter((each) => each.on);

  return (
    <IndexFilters
      tabs={EVENT_VIEWS.map((view) => ({ id: view, content: VIEW_NAMES[view], isLocked: true }))}
      selected={EVENT_VIEWS.indexOf(filters.view)}
      onSelect={(index) => go({ ...none, view: EVENT_VIEWS[index] ?? "all" })}
      canCreateNewView={false}
      queryValue={search}
      queryPlaceholder="Order number or ID"
      onQueryChange={(value) => {
        setSearch(value);
        clearTimeout(typing.current);
        typing.current = setTimeout(() => go({ search: value }), TYPING_MS);
      }}
      onQueryClear={() => {
        clearTimeout(typing.current);
        go({ search: "" });
      }}
      filters={shown}
      appliedFilters={applied.map((each) => ({
        key: each.key,
        label: each.label,
        onRemove: () => go(each.off),
      }))}
      onClearAll={() => go(none)}
      mode={mode}
      setMode={setMode}
      cancelAction={{ onAction: () => go(none) }}
      loading={busy}
    />
  );
}
