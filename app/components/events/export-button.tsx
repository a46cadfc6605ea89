import { writeEventFilters, type EventFilters } from "../../quality/event-filters.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { SaveFileButton } from "../frame/save-file-button.tsx";
import "../../texts/areas/events.ts";

/** Saves the events that the filters find as a file. */
export function ExportButton({ filters }: { filters: EventFilters }) {
  const { t } = useTexts();
  return (
    <SaveFileButton
      address={`/app/events/csv?${writeEventFilters(filters).toString()}`}
      fileName="events.csv"
      trouble={t("events.export.cutOff")}
    >
      {t("events.export.action")}
    </SaveFileButton>
  );
}
