import { Badge, BlockStack, Card, Text } from "@shopify/polaris";

import { compareCopies, type ComparedField } from "../quality/compare-copies.ts";
import type { EventDetail } from "../quality/read-event-detail.server.ts";
import { useFormat } from "./use-format.ts";
import { keyName } from "./words.ts";

const FIELDS: Readonly<Record<ComparedField, string>> = {
  event_id: "Event ID",
  event_time: "Time",
  value: "Value",
  currency: "Currency",
  contents: "Contents",
  user_data: "Customer information",
};

/** The browser's and the server's copy side by side; what differs and must not is marked in words and colour. */
export function CopiesCard({ event }: { event: EventDetail }) {
  const format = useFormat();
  if (!event.browser && !event.server) return null;
  const rows = compareCopies(event.browser, event.server, (seconds) => format.exact(seconds * 1000));
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Both copies
        </Text>
        <div
          className="tandem-scroll tandem-copies"
          tabIndex={0}
          role="region"
          aria-label="Both copies compared"
        >
          <table role="table">
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader">
                  Field
                </th>
                <th scope="col" role="columnheader">
                  {event.browserOutcome === null || event.browserOutcome === "fired"
                    ? "Browser copy"
                    : "Browser copy (not sent)"}
                </th>
                <th scope="col" role="columnheader">
                  Server copy
                </th>
                <th scope="col" role="columnheader">
                  Agreement
                </th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              {rows.map((row) => (
                <tr key={row.field} role="row" className={row.differs ? "tandem-differs" : undefined}>
                  <th scope="row" role="rowheader">
                    {FIELDS[row.field]}
                  </th>
                  <td role="cell">
                    {showSide(row.field, event.browser ? row.browser : null, browserMissing(row.field))}
                  </td>
                  <td role="cell">
                    {showSide(row.field, event.server ? row.server : null, serverMissing(row.field))}
                  </td>
                  <td role="cell">
                    {row.differs === null ? (
                      "–"
                    ) : row.differs ? (
                      <Badge tone="critical">Differs</Badge>
                    ) : row.field === "user_data" ? (
                      "Meant to differ"
                    ) : (
                      <Badge tone="success">Same</Badge>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Text as="p" tone="subdued" variant="bodySm">
          {`The browser copy is what the pixel was told to send${event.browserOutcome ? ` (it reported: ${event.browserOutcome})` : ""}; the server copy is what Meta accepted. Times in ${format.timeZoneName}. Customer information is shown by name only.`}
        </Text>
      </BlockStack>
    </Card>
  );

  /** Said once, in the first row. */
  function browserMissing(field: ComparedField): string {
    if (event.browser || field !== "event_id") return "–";
    return event.source === "web" ? "No browser copy" : "No buyer’s browser";
  }

  function serverMissing(field: ComparedField): string {
    return event.server || field !== "event_id" ? "–" : "Not sent yet";
  }

  function showSide(field: ComparedField, value: string | null, absent: string) {
    if (value === null) return <span className="tandem-absent">{absent}</span>;
    if (field === "user_data")
      return (
        <span className="tandem-badges">
          {value.split(", ").map((key) => (
            <Badge key={key}>{keyName(key)}</Badge>
          ))}
        </span>
      );
    return value;
  }
}
