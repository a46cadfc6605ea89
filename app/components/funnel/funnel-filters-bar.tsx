import { useNavigate, useNavigation } from "@remix-run/react";
import { TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";

import type { EventName } from "../../../extensions/contract/events/registry.ts";
import {
  FUNNEL_OUTCOMES,
  FUNNEL_STATES,
  funnelLogUrl,
  readFunnelFilters,
  type FunnelLogFilters,
} from "../../quality/funnel-log-filters.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { ChoiceMenu } from "../events/choice-menu.tsx";
import { outcomeLabel, stateLabel } from "./funnel-labels.ts";
import "../../texts/areas/funnel.ts";

/** A search for one event by its whole ID, and filters; all of it lives in the address. */
export function FunnelFiltersBar({
  event,
  filters: loaded,
  datasets,
}: {
  readonly event: EventName;
  readonly filters: FunnelLogFilters;
  readonly datasets: readonly { readonly id: string; readonly label: string }[];
}) {
  const navigate = useNavigate();
  const { location } = useNavigation();
  const { t } = useTexts();
  // What was chosen a moment ago counts already, though its rows are still on their way.
  const filters =
    location?.pathname === "/app/events" ? readFunnelFilters(new URLSearchParams(location.search)) : loaded;
  const go = (change: Partial<FunnelLogFilters>) =>
    navigate(funnelLogUrl(event, { ...filters, ...change }), { preventScrollReset: true });
  return (
    <div className="tandem-filters">
      <Search key={event} eventId={loaded.eventId} onSearch={(eventId) => go({ eventId })} />
      <div className="tandem-filter-list tandem-open">
        <ChoiceMenu
          name={t("funnel.log.outcome")}
          groups={[{ choices: FUNNEL_OUTCOMES.map((value) => ({ value, label: outcomeLabel(value).text })) }]}
          chosen={filters.outcome}
          onChange={(chosen) => go({ outcome: FUNNEL_OUTCOMES.filter((each) => chosen.includes(each)) })}
        />
        <ChoiceMenu
          name={t("funnel.log.state")}
          groups={[{ choices: FUNNEL_STATES.map((value) => ({ value, label: stateLabel(value).text })) }]}
          chosen={filters.state}
          onChange={(chosen) => go({ state: FUNNEL_STATES.filter((each) => chosen.includes(each)) })}
        />
        {datasets.length > 1 || filters.dataset !== null ? (
          <ChoiceMenu
            name={t("funnel.log.dataset")}
            groups={[{ choices: datasets.map(({ id, label }) => ({ value: id, label })) }]}
            chosen={filters.dataset === null ? [] : [filters.dataset]}
            single
            onChange={([dataset]) => go({ dataset: dataset ?? null })}
          />
        ) : null}
      </div>
    </div>
  );
}

/** Searched on Enter and when the field is left: an ID is pasted, not guessed at letter by letter. */
function Search({
  eventId,
  onSearch,
}: {
  readonly eventId: string;
  readonly onSearch: (eventId: string) => void;
}) {
  const { t } = useTexts();
  const [typed, setTyped] = useState(eventId);
  useEffect(() => setTyped(eventId), [eventId]);
  const search = (value: string) => {
    if (value.trim() !== eventId) onSearch(value.trim());
  };
  return (
    <form
      className="tandem-search"
      role="search"
      onSubmit={(submit) => {
        submit.preventDefault();
        search(typed);
      }}
    >
      <TextField
        label={t("funnel.log.searchLabel")}
        labelHidden
        type="search"
        autoComplete="off"
        placeholder={t("funnel.log.search")}
        value={typed}
        clearButton
        onChange={setTyped}
        onBlur={() => search(typed)}
        onClearButtonClick={() => {
          setTyped("");
          search("");
        }}
      />
    </form>
  );
}
