import { writeEventFilters, type EventFilters } from "../quality/event-filters.ts";
import { SaveFileButton } from "./save-file-button.tsx";

/** Saves the events that the filters find as a file. */
export function ExportButton({ filters }: { filters: EventFilters }) {
  return (
    <SaveFileButton
      address={`/app/events/csv?${writeEventFilters(filters).toString()}`}
      fileName="events.csv"
      trouble="The export was cut off. Try again."
    >
      Export CSV
    </SaveFileButton>
  );
}
