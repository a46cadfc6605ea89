import type { EventName } from "../../../extensions/contract/events/registry.ts";
import { writeFunnelFilters } from "../../quality/funnel-log-filters.ts";
import { eventWords } from "../../texts/event-words.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { AdminPage } from "../frame/admin-page.tsx";
import { SaveFileButton } from "../frame/save-file-button.tsx";
import { useFormat } from "../frame/use-format.ts";
import { useLivePage } from "../frame/use-live-page.ts";
import { FunnelLog, type FunnelLogProps } from "./funnel-log.tsx";
import { LoggedEventSelect } from "./logged-event-select.tsx";
import "../../texts/areas/events.ts";
import "../../texts/areas/funnel.ts";

/** The page of events, of one event of a visit. */
export function FunnelEventsPage({
  events,
  event,
  filters,
  page,
  ...log
}: FunnelLogProps & { readonly events: readonly EventName[] }) {
  const format = useFormat();
  const { t } = useTexts();
  useLivePage(page.rows.some(({ state }) => state === "waiting"));
  return (
    <AdminPage
      title={t("events.title")}
      subtitle={t("funnel.log.subtitle", { event: eventWords(event).label, zone: format.timeZoneName })}
      fullWidth
      actions={
        <>
          <LoggedEventSelect event={event} choices={events} />
          <SaveFileButton
            address={`/app/events/csv?${writeFunnelFilters(event, filters).toString()}`}
            fileName="events.csv"
            trouble={t("funnel.log.csvCutOff")}
          >
            {t("funnel.log.csv")}
          </SaveFileButton>
        </>
      }
    >
      <FunnelLog event={event} filters={filters} page={page} {...log} />
    </AdminPage>
  );
}
