import { useNavigate } from "@remix-run/react";
import { BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";

import type { Copies } from "../../../extensions/contract/events/event-declaration.ts";
import type { EventName } from "../../../extensions/contract/events/registry.ts";
import { funnelLogUrl, writeFunnelFilters, type FunnelLogFilters } from "../../quality/funnel-log-filters.ts";
import type { FunnelLogPage } from "../../quality/read-funnel-log.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import { FunnelFiltersBar } from "./funnel-filters-bar.tsx";
import { FunnelTable } from "./funnel-table.tsx";
import "../../texts/areas/funnel.ts";

export interface FunnelLogProps {
  readonly event: EventName;
  readonly copies: Copies;
  readonly filters: FunnelLogFilters;
  readonly page: FunnelLogPage;
  readonly datasets: readonly { readonly id: string; readonly label: string }[];
}

/** The log of one event of a visit: filters, what they find, and the way to older ones. */
export function FunnelLog({ event, copies, filters, page, datasets }: FunnelLogProps) {
  const navigate = useNavigate();
  const format = useFormat();
  const { t } = useTexts();
  const count = page.rows.length;
  const further = page.searchedTo === null ? null : page.older;
  const turn = (name: "after" | "before", cursor: string) => {
    const query = writeFunnelFilters(event, filters);
    query.set(name, cursor);
    navigate(`/app/events?${query.toString()}`);
  };
  return (
    <Card padding="0">
      <FunnelFiltersBar event={event} filters={filters} datasets={datasets} />
      <div className="tandem-found">
        <strong role="status">
          {count === 0
            ? t("funnel.log.noneFound")
            : t("funnel.log.found", { count, number: format.number(count) })}
        </strong>
        {page.searchedTo === null ? null : (
          <span>{t("funnel.log.searched", { time: format.dateTime(page.searchedTo) })}</span>
        )}
        {further === null ? null : (
          <Button variant="plain" onClick={() => turn("after", further)}>
            {t("funnel.log.further")}
          </Button>
        )}
      </div>
      {count > 0 ? (
        <FunnelTable event={event} page={page} several={datasets.length > 1} turn={turn} />
      ) : (
        <NoFunnelEvents event={event} copies={copies} filters={filters} />
      )}
    </Card>
  );
}

function NoFunnelEvents({ event, copies, filters }: Pick<FunnelLogProps, "event" | "copies" | "filters">) {
  const { t } = useTexts();
  const isFiltered = funnelLogUrl(event, filters) !== funnelLogUrl(event, {});
  return (
    <Box padding="1000">
      <div className="tandem-empty">
        <BlockStack gap="300" inlineAlign="center">
          <Text as="h2" variant="headingMd" alignment="center">
            {t(isFiltered ? "funnel.log.emptyFilteredTitle" : "funnel.log.emptyTitle")}
          </Text>
          <Text as="p" tone="subdued" alignment="center">
            {t(
              isFiltered
                ? "funnel.log.emptyFiltered"
                : copies === "both"
                  ? "funnel.log.emptyText"
                  : "funnel.log.offText",
            )}
          </Text>
          <InlineStack>
            {isFiltered ? (
              <Button url={funnelLogUrl(event, {})}>{t("funnel.log.clear")}</Button>
            ) : copies === "both" ? null : (
              <Button url="/app/settings#events">{t("funnel.off.action")}</Button>
            )}
          </InlineStack>
        </BlockStack>
      </div>
    </Box>
  );
}
