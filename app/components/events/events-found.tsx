import type { EventFilters } from "../../quality/event-filters.ts";
import type { EventCount } from "../../quality/count-events.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/events.ts";

/** How many orders the filters find, said again to screen readers whenever it changes, and where that is not all. */
export function EventsFound({
  total,
  filters,
  partSearch,
}: {
  total: EventCount;
  filters: EventFilters;
  partSearch: number | null;
}) {
  const { t } = useTexts();
  const format = useFormat();
  const values = { count: total.count, number: format.number(total.count) };
  const notes = [
    partSearch === null ? null : t("events.partSearch", { number: format.number(partSearch) }),
    filters.country.length > 0 ? t("events.countryKept") : null,
  ];
  return (
    <div className="tandem-found">
      <strong role="status">
        {total.isLeast ? t("events.foundAtLeast", values) : t("events.found", values)}
      </strong>
      {notes.map((note) => (note === null ? null : <span key={note}>{note}</span>))}
    </div>
  );
}
