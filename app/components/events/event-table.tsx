import { useNavigate } from "@remix-run/react";
import { Pagination } from "@shopify/polaris";
import type { MouseEvent, ReactNode } from "react";

import { writeEventFilters, type EventFilters } from "../../quality/event-filters.ts";
import { orderInAdmin } from "../../quality/order-in-admin.ts";
import type { EventPage, EventRow } from "../../quality/read-events.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { DeliveryBadges, PairingBadges } from "./event-badges.tsx";
import { pressedAddress } from "./pressed-address.ts";
import type { StoreFormat } from "../frame/store-format.ts";
import { useFormat } from "../frame/use-format.ts";
import { CUSTOMER_DETAILS, sourceName } from "../frame/words.ts";
import "../../texts/areas/events.ts";

type Texts = ReturnType<typeof useTexts>["t"];

/** Everything that a row is drawn with: read once for the page, because a page has fifty rows. */
interface Drawing {
  readonly t: Texts;
  readonly format: StoreFormat;
  readonly shop: string;
  readonly several: boolean;
  readonly countries: ReadonlyMap<string, string>;
}

interface Column {
  readonly name:
    "order" | "received" | "value" | "status" | "pairing" | "source" | "details" | "attempts" | "next";
  readonly isNumber?: boolean;
  /** Only where a row has something to say in it. */
  isWorthIt?(rows: readonly EventRow[]): boolean;
  cell(row: EventRow, drawing: Drawing): ReactNode;
}

/** Stands in an empty cell of the table; the list of a phone leaves it out. */
const NOTHING = "–";

const COLUMNS: readonly Column[] = [
  { name: "order", cell: orderCell },
  { name: "received", cell: (row, { format }) => format.dateTime(row.receivedAt) },
  {
    name: "value",
    isNumber: true,
    cell: (row, { t, format }) =>
      row.value === null ? t("events.valueUnknown") : format.money(row.value, row.currency),
  },
  {
    name: "status",
    cell: (row, { several }) => (
      <DeliveryBadges deliveries={row.deliveries} consentReason={row.consentReason} several={several} />
    ),
  },
  {
    name: "pairing",
    cell: (row) => <PairingBadges pairing={row.pairing} deliveries={row.deliveries} />,
  },
  { name: "source", cell: sourceCell },
  {
    name: "details",
    isNumber: true,
    isWorthIt: (rows) => rows.some((row) => detailsOf(row) > 0),
    cell: (row, { t, format }) =>
      detailsOf(row) === 0
        ? NOTHING
        : t("events.detailsOf", {
            number: format.number(detailsOf(row)),
            all: format.number(CUSTOMER_DETAILS),
          }),
  },
  {
    name: "attempts",
    isNumber: true,
    isWorthIt: (rows) => rows.some((row) => attemptsOf(row) > 1),
    cell: (row, { format }) => format.number(attemptsOf(row)),
  },
  {
    name: "next",
    isWorthIt: (rows) => rows.some((row) => nextAttempt(row) !== null),
    cell: (row, { format }) => {
      const next = nextAttempt(row);
      return next === null ? NOTHING : format.soon(next);
    },
  },
];

/** In the list of a phone these say what they are. */
const NAMED_ON_PHONES: readonly string[] = ["details", "attempts", "next"];

/**
 * One page of the log; the neighbouring pages are reached from where this one ends, however long the log is. A plain table
 * with one handler for all of its links, so that a page of fifty rows is quickly alive; a list on a phone, by style alone.
 */
export function EventTable({
  page,
  filters,
  ...given
}: {
  page: EventPage;
  filters: EventFilters;
  shop: string;
  several: boolean;
  countries: ReadonlyMap<string, string>;
}) {
  const navigate = useNavigate();
  const drawing = { ...given, t: useTexts().t, format: useFormat() };
  const { t } = drawing;
  const turn = (name: "after" | "before", cursor: string) => () => {
    const query = writeEventFilters(filters);
    query.set(name, cursor);
    navigate(`/app/events?${query.toString()}`);
  };
  const open = (event: MouseEvent<HTMLElement>) => {
    const address = pressedAddress(event);
    if (address === null) return;
    event.preventDefault();
    navigate(address);
  };
  const columns = COLUMNS.filter((each) => each.isWorthIt?.(page.rows) ?? true);
  return (
    <>
      <div className="tandem-events" role="region" aria-label={t("events.table")} tabIndex={0}>
        {/* The roles hold where a style makes a list of the table. */}
        <table role="table" aria-label={t("events.table")}>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map(({ name, isNumber }) => (
                <th
                  key={name}
                  role="columnheader"
                  scope="col"
                  className={isNumber ? "tandem-number" : undefined}
                >
                  {t(`events.column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup" onClick={open}>
            {page.rows.map((row) => (
              <tr key={row.id} role="row">
                {columns.map((column) => cellOf(column, row, drawing))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {page.newer !== null || page.older !== null ? (
        <div className="tandem-pages">
          <Pagination
            accessibilityLabel={t("events.pages")}
            hasPrevious={page.newer !== null}
            hasNext={page.older !== null}
            {...(page.newer === null ? {} : { onPrevious: turn("before", page.newer) })}
            {...(page.older === null ? {} : { onNext: turn("after", page.older) })}
          />
        </div>
      ) : null}
    </>
  );
}

function cellOf({ name, isNumber, cell }: Column, row: EventRow, drawing: Drawing): ReactNode {
  const content = cell(row, drawing);
  const isEmpty = content === NOTHING ? " tandem-nothing" : "";
  const className = `tandem-event-${name}${isNumber ? " tandem-number" : ""}${isEmpty}`;
  const label = NAMED_ON_PHONES.includes(name) ? { "data-label": drawing.t(`events.column.${name}`) } : {};
  return (
    <td key={name} role="cell" className={className} {...label}>
      {content}
    </td>
  );
}

function orderCell(row: EventRow, { t, shop }: Drawing): ReactNode {
  return (
    <>
      <a href={`/app/events/${row.id}`} data-primary-link>
        <bdi>{row.orderName}</bdi>
      </a>
      {row.orderId === null ? null : (
        <a
          href={orderInAdmin(shop, row.orderId)}
          target="_top"
          className="tandem-in-shopify"
          aria-label={t("events.inShopify", { name: row.orderName })}
          title={t("events.inShopify", { name: row.orderName })}
        />
      )}
    </>
  );
}

function sourceCell(row: EventRow, { countries }: Drawing): ReactNode {
  const country = row.country === null ? null : (countries.get(row.country) ?? row.country);
  return [sourceName(row.source), country].filter(Boolean).join(" · ");
}

function detailsOf(row: EventRow): number {
  return Math.max(0, ...row.deliveries.map((each) => each.keys.length));
}

function attemptsOf(row: EventRow): number {
  return Math.max(0, ...row.deliveries.map((each) => each.attempts));
}

function nextAttempt(row: EventRow): number | null {
  const planned = row.deliveries.flatMap((each) => (each.nextAt === null ? [] : [each.nextAt]));
  return planned.length === 0 ? null : Math.min(...planned);
}
