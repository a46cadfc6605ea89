import { Badge, BlockStack, Card, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

import { hasBrowserCopy, storedKind } from "../../conversions/order/sale-kinds.ts";
import { isSentOutcome } from "../../pairing/browser-outcome.ts";
import { compareCopies, type ComparedField, type ComparedRow } from "../../quality/compare-copies.ts";
import type { EventDetail } from "../../quality/read-event-detail.server.ts";
import { writeSentences } from "../../texts/conventions.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import { keyName } from "../frame/words.ts";
import "../../texts/areas/verdicts.ts";

const FIELDS: Readonly<Record<ComparedField, TextKey>> = {
  event_id: "verdicts.copies.fields.eventId",
  event_time: "verdicts.copies.fields.eventTime",
  value: "verdicts.copies.fields.value",
  currency: "verdicts.copies.fields.currency",
  contents: "verdicts.copies.fields.contents",
  customer_segmentation: "verdicts.copies.fields.segmentation",
  user_data: "verdicts.copies.fields.userData",
};

const OUTCOMES: Readonly<Record<string, TextKey>> = {
  blocked: "verdicts.copies.browserBlocked",
  failed: "verdicts.copies.browserFailed",
};

/** The browser's and the server's copy side by side; what differs and must not is marked in words and colour. */
export function CopiesCard({ event }: { event: EventDetail }) {
  const format = useFormat();
  const { t, say } = useTexts();
  if (!event.browser && !event.server) return null;
  const rows = compareCopies(event.browser, event.server, {
    time: (seconds) => format.exact(seconds * 1000),
    money: format.money,
    number: format.number,
    say,
  });
  const browserSent = isSentOutcome(event.browserOutcome);
  const isNoCopy = event.browserOutcome !== null && !browserSent;
  const wereBothSent = browserSent && event.serverState === "accepted";
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("verdicts.copies.title")}
        </Text>
        <div
          className="tandem-scroll tandem-copies"
          tabIndex={0}
          role="region"
          aria-label={t("verdicts.copies.label")}
        >
          <table role="table">
            <thead role="rowgroup">
              <tr role="row">
                <Heading>{t("verdicts.copies.field")}</Heading>
                <Heading>
                  {t(isNoCopy ? "verdicts.copies.browserNotSent" : "verdicts.copies.browser")}
                </Heading>
                <Heading>
                  {t(
                    event.serverState === "tried"
                      ? "verdicts.copies.serverNotAccepted"
                      : "verdicts.copies.server",
                  )}
                </Heading>
                <Heading>{t("verdicts.copies.agreement")}</Heading>
              </tr>
            </thead>
            <tbody role="rowgroup">
              {rows.map((row) => (
                <tr
                  key={row.field}
                  role="row"
                  className={row.differs && wereBothSent ? "tandem-differs" : undefined}
                >
                  <th scope="row" role="rowheader">
                    {t(FIELDS[row.field])}
                  </th>
                  <td role="cell">{showSide(row.field, row.browser, browserMissing(row.field))}</td>
                  <td role="cell">{showSide(row.field, row.server, serverMissing(row.field))}</td>
                  <td role="cell">{wereBothSent ? <Agreement row={row} /> : "–"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Text as="p" tone="subdued" variant="bodySm">
          {writeSentences([...originNotes(), t("verdicts.copies.footer", { zone: format.timeZoneName })])}
        </Text>
      </BlockStack>
    </Card>
  );

  /** What each column is, as far as it is there. */
  function originNotes(): readonly string[] {
    return [
      ...(event.browser ? [t(browserNote())] : []),
      ...(event.server
        ? [
            event.serverState === "tried"
              ? t("verdicts.copies.serverTried")
              : event.deliveries.length > 1 && event.serverDataset !== null
                ? t("verdicts.copies.serverAcceptedAt", { dataset: event.serverDataset })
                : t("verdicts.copies.serverAccepted"),
          ]
        : []),
    ];
  }

  /** A browser that sent its copy cannot see whether Meta took it. */
  function browserNote(): TextKey {
    if (browserSent) return "verdicts.copies.browserSent";
    return OUTCOMES[event.browserOutcome ?? ""] ?? "verdicts.copies.browserSilent";
  }

  /** Said once, in the first row. */
  function browserMissing(field: ComparedField): string {
    if (event.browser || field !== "event_id") return "–";
    return t(
      hasBrowserCopy(storedKind(event.source))
        ? "verdicts.copies.noBrowserCopy"
        : "verdicts.copies.noBrowser",
    );
  }

  function serverMissing(field: ComparedField): string {
    if (event.server || field !== "event_id") return "–";
    if (event.serverState === "accepted" || event.serverState === "tried")
      return t("verdicts.copies.notKept");
    return t(event.serverState === "open" ? "verdicts.copies.notSentYet" : "verdicts.copies.notSent");
  }

  function showSide(field: ComparedField, value: string | null, absent: string): ReactNode {
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

function Heading({ children }: { children: string }) {
  return (
    <th scope="col" role="columnheader">
      {children}
    </th>
  );
}

/** Only of copies that were both sent: a copy that never left agrees with nothing. */
function Agreement({ row }: { row: ComparedRow }): ReactNode {
  const { t } = useTexts();
  if (row.differs === null) return "–";
  if (row.differs) return <Badge tone="critical">{t("verdicts.copies.differs")}</Badge>;
  if (row.shortened) return <Badge tone="info">{t("verdicts.copies.shortened")}</Badge>;
  if (row.field === "user_data") return t("verdicts.copies.byDesign");
  return <Badge tone="success">{t("verdicts.copies.same")}</Badge>;
}
