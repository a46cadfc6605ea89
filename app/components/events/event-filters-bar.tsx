import { Link, useNavigate, useNavigation } from "@remix-run/react";
import { TextField } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";

import { SALE_KINDS } from "../../conversions/order/sale-kinds.ts";
import { SHOWN_PAIRINGS } from "../../conversions/shown-pairing.ts";
import {
  EVENT_STATUSES,
  EVENT_VIEWS,
  readEventFilters,
  type EventFilters,
} from "../../quality/event-filters.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { DayRange } from "../frame/day-range.tsx";
import { ChoiceMenu } from "./choice-menu.tsx";
import {
  errorChoices,
  pairingChoices,
  skipChoices,
  sourceChoices,
  statusChoices,
  type Choice,
} from "./event-filter-choices.ts";
import { eventsUrl } from "../frame/events-url.ts";
import { FilterMenu } from "../frame/filter-menu.tsx";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/events.ts";

/** Typing pauses this long before the address changes. */
const TYPING_MS = 350;

const NONE = {
  status: [],
  pairing: [],
  source: [],
  reason: [],
  country: [],
  dataset: null,
  from: null,
  to: null,
  search: "",
} as const satisfies Partial<EventFilters>;

type Go = (change: Partial<EventFilters>) => void;

interface BarProps {
  readonly filters: EventFilters;
  readonly datasets: readonly { readonly id: string; readonly label: string }[];
  readonly countries: ReadonlyMap<string, string>;
}

/** Saved views, search and filters; all of it lives in the address, and every line of it wraps. */
export function EventFiltersBar({ filters: loaded, ...known }: BarProps) {
  const navigate = useNavigate();
  const { location } = useNavigation();
  const { t } = useTexts();
  // What was chosen a moment ago counts already, though its rows are still on their way.
  const filters =
    location?.pathname === "/app/events" ? readEventFilters(new URLSearchParams(location.search)) : loaded;
  const latest = useRef(filters);
  useEffect(() => {
    latest.current = filters;
  });
  const go: Go = (change) =>
    navigate(eventsUrl({ ...latest.current, ...change }), { preventScrollReset: true });
  const [isOpen, setOpen] = useState(false);
  const on = chosenCount(filters);
  return (
    <div className="tandem-filters">
      <div className="tandem-views" role="tablist" aria-label={t("events.view.label")}>
        {EVENT_VIEWS.map((view) => (
          <Link
            key={view}
            role="tab"
            to={eventsUrl({ view })}
            aria-selected={view === filters.view}
            preventScrollReset
          >
            {t(`events.view.${view}`)}
          </Link>
        ))}
      </div>
      <Search filters={loaded} go={go} />
      <button
        type="button"
        className="tandem-filter tandem-filters-open"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {on === 0 ? t("events.filter.filters") : t("events.filter.filtersOn", { number: on })}
      </button>
      <div className={`tandem-filter-list${isOpen ? " tandem-open" : ""}`}>
        <Menus filters={filters} go={go} {...known} />
        {on > 0 ? (
          <button type="button" className="tandem-filter tandem-filter-clear" onClick={() => go(NONE)}>
            {t("events.filter.clearAll")}
          </button>
        ) : null}
      </div>
    </div>
  );
}

function Search({ filters, go }: { filters: EventFilters; go: Go }) {
  const { t } = useTexts();
  const [search, setSearch] = useState(filters.search);
  useEffect(() => setSearch(filters.search), [filters.search]);
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  return (
    <div className="tandem-search">
      <TextField
        label={t("events.filter.searchLabel")}
        labelHidden
        type="search"
        autoComplete="off"
        placeholder={t("events.filter.search")}
        value={search}
        clearButton
        onChange={(value) => {
          setSearch(value);
          clearTimeout(typing.current);
          // The pause may end when something else was chosen since: `go` takes what is chosen then.
          typing.current = setTimeout(() => go({ search: value }), TYPING_MS);
        }}
        onClearButtonClick={() => {
          setSearch("");
          clearTimeout(typing.current);
          go({ search: "" });
        }}
      />
    </div>
  );
}

function Menus({ filters, go, datasets, countries }: BarProps & { go: Go }) {
  const { t } = useTexts();
  const format = useFormat();
  const ofCountries = choicesWith(
    [...countries].map(([value, label]) => ({ value, label })),
    filters.country,
  );
  const ofDatasets = datasets.map(({ id, label }) => ({ value: id, label }));
  return (
    <>
      <ChoiceMenu
        name={t("events.filter.status")}
        groups={[{ choices: statusChoices() }]}
        chosen={filters.status}
        onChange={(chosen) => go({ status: EVENT_STATUSES.filter((each) => chosen.includes(each)) })}
      />
      <ChoiceMenu
        name={t(datasets.length > 1 ? "events.filter.pairingStore" : "events.filter.pairing")}
        groups={[{ choices: pairingChoices() }]}
        chosen={filters.pairing}
        onChange={(chosen) => go({ pairing: SHOWN_PAIRINGS.filter((each) => chosen.includes(each)) })}
      />
      <ChoiceMenu
        name={t("events.filter.source")}
        groups={[{ choices: sourceChoices() }]}
        chosen={filters.source}
        onChange={(chosen) => go({ source: SALE_KINDS.filter((each) => chosen.includes(each)) })}
      />
      <ChoiceMenu
        name={t("events.filter.reason")}
        groups={[
          { title: t("events.filter.reasonSkipped"), choices: skipChoices() },
          { title: t("events.filter.reasonFailed"), choices: errorChoices() },
        ]}
        chosen={filters.reason}
        onChange={(reason) => go({ reason })}
      />
      {ofCountries.length > 0 ? (
        <ChoiceMenu
          name={t("events.filter.country")}
          groups={[{ choices: ofCountries }]}
          chosen={filters.country}
          onChange={(country) => go({ country })}
        />
      ) : null}
      {datasets.length > 1 || filters.dataset !== null ? (
        <ChoiceMenu
          name={t("events.filter.dataset")}
          groups={[{ choices: ofDatasets }]}
          chosen={filters.dataset === null ? [] : [filters.dataset]}
          single
          onChange={([dataset]) => go({ dataset: dataset ?? null })}
        />
      ) : null}
      <FilterMenu
        name={t("events.filter.received")}
        chosen={daysText(filters, t, format.day)}
        onClear={() => go({ from: null, to: null })}
      >
        <DayRange from={filters.from} to={filters.to} onChange={go} />
      </FilterMenu>
    </>
  );
}

/** What an address asks for stands among the choices, though this store has none of it. */
function choicesWith(choices: readonly Choice[], chosen: readonly string[]): readonly Choice[] {
  const missing = chosen.filter((value) => !choices.some((each) => each.value === value));
  return [...choices, ...missing.map((value) => ({ value, label: value }))];
}

function daysText(
  { from, to }: EventFilters,
  t: ReturnType<typeof useTexts>["t"],
  day: (text: string) => string,
): string | null {
  if (from !== null && to !== null) return t("events.filter.fromTo", { from: day(from), to: day(to) });
  if (from !== null) return t("events.filter.from", { day: day(from) });
  return to === null ? null : t("events.filter.to", { day: day(to) });
}

function chosenCount(filters: EventFilters): number {
  const lists = [filters.status, filters.pairing, filters.source, filters.reason, filters.country];
  return (
    lists.filter((each) => each.length > 0).length +
    (filters.dataset === null ? 0 : 1) +
    (filters.from === null && filters.to === null ? 0 : 1)
  );
}
