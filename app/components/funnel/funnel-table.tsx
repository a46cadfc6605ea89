import { useNavigate } from "@remix-run/react";
import { Pagination } from "@shopify/polaris";
import type { MouseEvent } from "react";

import type { EventName } from "../../../extensions/contract/events/registry.ts";
import type { FunnelLogPage, FunnelLogRow } from "../../quality/read-funnel-log.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { LabelBadge } from "../events/event-badges.tsx";
import { pressedAddress } from "../events/pressed-address.ts";
import { useFormat } from "../frame/use-format.ts";
import { CUSTOMER_DETAILS } from "../frame/words.ts";
import { refusal } from "../../texts/say-reason.ts";
import { outcomeLabel, stateLabel } from "./funnel-labels.ts";
import "../../texts/areas/events.ts";
import "../../texts/areas/funnel.ts";

/** Events, newest first: both copies of each, and the way to its own page. */
export function FunnelTable({
  event,
  page,
  several,
  turn,
}: {
  readonly event: EventName;
  readonly page: FunnelLogPage;
  /** The store sends to more than one dataset. */
  readonly several: boolean;
  readonly turn: (name: "after" | "before", cursor: string) => void;
}) {
  const navigate = useNavigate();
  const { t } = useTexts();
  const { newer, older } = page;
  const open = (press: MouseEvent<HTMLElement>) => {
    const address = pressedAddress(press);
    if (address === null) return;
    press.preventDefault();
    navigate(address);
  };
  return (
    <>
      <div className="tandem-events" role="region" aria-label={t("funnel.log.table")} tabIndex={0}>
        {/* The roles hold where a style makes a list of the table. */}
        <table role="table" aria-label={t("funnel.log.table")}>
          <thead role="rowgroup">
            <tr role="row">
              <Head>{t("funnel.log.column.event")}</Head>
              <Head>{t("funnel.log.column.time")}</Head>
              <Head isNumber>{t("funnel.log.column.value")}</Head>
              <Head>{t("funnel.log.column.browser")}</Head>
              <Head>{t("funnel.log.column.server")}</Head>
              <Head isNumber>{t("funnel.log.column.details")}</Head>
              {several ? <Head>{t("funnel.log.column.dataset")}</Head> : null}
            </tr>
          </thead>
          <tbody role="rowgroup" onClick={open}>
            {page.rows.map((row) => (
              <Row key={row.id} event={event} row={row} several={several} />
            ))}
          </tbody>
        </table>
      </div>
      {newer !== null || older !== null ? (
        <div className="tandem-pages">
          <Pagination
            accessibilityLabel={t("funnel.log.pages")}
            hasPrevious={newer !== null}
            hasNext={older !== null}
            {...(newer === null ? {} : { onPrevious: () => turn("before", newer) })}
            {...(older === null ? {} : { onNext: () => turn("after", older) })}
          />
        </div>
      ) : null}
    </>
  );
}

function Head({ children, isNumber = false }: { readonly children: string; readonly isNumber?: boolean }) {
  return (
    <th role="columnheader" scope="col" className={isNumber ? "tandem-number" : undefined}>
      {children}
    </th>
  );
}

function Row({
  event,
  row,
  several,
}: {
  readonly event: EventName;
  readonly row: FunnelLogRow;
  readonly several: boolean;
}) {
  const format = useFormat();
  const { t } = useTexts();
  return (
    <tr role="row">
      <td role="cell" className="tandem-event-order tandem-event-id">
        <a href={`/app/events/${event}/${row.day}.${row.id}`} data-primary-link>
          {row.eventId}
        </a>
      </td>
      <td role="cell" className="tandem-event-received">
        {format.dateTime(row.eventTime)}
      </td>
      <td
        role="cell"
        className={`tandem-event-value tandem-number${row.value === null ? " tandem-nothing" : ""}`}
      >
        {row.value === null ? t("funnel.log.noValue") : format.money(row.value, row.currency)}
      </td>
      <td role="cell" data-label={t("funnel.log.column.browser")}>
        <LabelBadge label={outcomeLabel(row.outcome)} />
      </td>
      <td role="cell" data-label={t("funnel.log.column.server")}>
        <span className="tandem-delivery">
          <LabelBadge label={stateLabel(row.state)} />
          {row.state === "dead" && row.lastClass !== null ? (
            <small>{refusal(row.lastClass).short}</small>
          ) : null}
        </span>
      </td>
      <td role="cell" className="tandem-number" data-label={t("funnel.log.column.details")}>
        {t("events.detailsOf", {
          number: format.number(row.keys.length),
          all: format.number(CUSTOMER_DETAILS),
        })}
      </td>
      {several ? <td role="cell">{row.dataset}</td> : null}
    </tr>
  );
}
