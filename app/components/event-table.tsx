import { useNavigate } from "@remix-run/react";
import { IndexTable, Link, Text, useBreakpoints } from "@shopify/polaris";

import { writeEventFilters, type EventFilters } from "../quality/event-filters.ts";
import type { EventPage, EventRow } from "../quality/read-events.server.ts";
import { DeliveryBadges, PairingBadge } from "./event-badges.tsx";
import { useFormat } from "./use-format.ts";
import { sourceName } from "./words.ts";

/** One page of the log; the neighbouring pages are reached from where this one ends, however long the log is. */
export function EventTable({
  page,
  filters,
  several,
}: {
  page: EventPage;
  filters: EventFilters;
  several: boolean;
}) {
  const navigate = useNavigate();
  const { smDown } = useBreakpoints();
  const turn = (name: "after" | "before", cursor: string) => () => {
    const query = writeEventFilters(filters);
    query.set(name, cursor);
    navigate(`/app/events?${query.toString()}`);
  };
  return (
    <IndexTable
      condensed={smDown}
      resourceName={{ singular: "event", plural: "events" }}
      itemCount={page.rows.length}
      selectable={false}
      headings={[
        { title: "Order" },
        { title: "Received" },
        { title: "Value", alignment: "end" },
        { title: "Status" },
        { title: "Deduplication" },
        { title: "Source" },
        { title: "Customer keys", alignment: "end" },
        { title: "Tries", alignment: "end" },
        { title: "Next try" },
      ]}
      pagination={{
        hasPrevious: page.newer !== null,
        hasNext: page.older !== null,
        accessibilityLabel: "Pages of events",
        ...(page.newer === null ? {} : { onPrevious: turn("before", page.newer) }),
        ...(page.older === null ? {} : { onNext: turn("after", page.older) }),
      }}
    >
      {page.rows.map((row, index) =>
        smDown ? (
          <NarrowRow key={row.id} row={row} index={index} several={several} />
        ) : (
          <WideRow key={row.id} row={row} index={index} several={several} />
        ),
      )}
    </IndexTable>
  );
}

interface RowProps {
  readonly row: EventRow;
  readonly index: number;
  readonly several: boolean;
}

function WideRow({ row, index, several }: RowProps) {
  const format = useFormat();
  const next = nextTry(row);
  const keys = row.deliveries[0]?.keys ?? [];
  return (
    <IndexTable.Row id={row.id} position={index}>
      <IndexTable.Cell>
        <Link url={`/app/events/${row.id}`} dataPrimaryLink monochrome removeUnderline>
          <Text as="span" fontWeight="semibold">
            {row.orderName}
          </Text>
        </Link>
      </IndexTable.Cell>
      <IndexTable.Cell>{format.dateTime(row.receivedAt)}</IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="span" alignment="end" numeric>
          {row.value === null ? "Not known" : format.money(row.value, row.currency)}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <DeliveryBadges deliveries={row.deliveries} several={several} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <PairingBadge
          pairing={row.pairing}
          source={row.source}
          states={row.deliveries.map((each) => each.state)}
        />
      </IndexTable.Cell>
      <IndexTable.Cell>{sourceName(row.source)}</IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="span" alignment="end" numeric>
          {format.number(keys.length)}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="span" alignment="end" numeric>
          {format.number(Math.max(0, ...row.deliveries.map((each) => each.attempts)))}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>{next === null ? "–" : format.soon(next)}</IndexTable.Cell>
    </IndexTable.Row>
  );
}

function NarrowRow({ row, index, several }: RowProps) {
  const format = useFormat();
  return (
    <IndexTable.Row id={row.id} position={index}>
      <div className="tandem-narrow-row">
        <div>
          <Link url={`/app/events/${row.id}`} dataPrimaryLink monochrome removeUnderline>
            <Text as="span" fontWeight="semibold">
              {row.orderName}
            </Text>
          </Link>
          <Text as="span" numeric>
            {row.value === null ? "Not known" : format.money(row.value, row.currency)}
          </Text>
        </div>
        <div>
          <Text as="span" tone="subdued" variant="bodySm">
            {`${format.dateTime(row.receivedAt)} · ${sourceName(row.source)}`}
          </Text>
        </div>
        <div className="tandem-badges">
          <DeliveryBadges deliveries={row.deliveries} several={several} />
          <PairingBadge
            pairing={row.pairing}
            source={row.source}
            states={row.deliveries.map((each) => each.state)}
          />
        </div>
      </div>
    </IndexTable.Row>
  );
}

function nextTry(row: EventRow): number | null {
  const planned = row.deliveries.flatMap((each) => (each.nextAt === null ? [] : [each.nextAt]));
  return planned.length === 0 ? null : Math.min(...planned);
}
