import { Link } from "@remix-run/react";
import { Text } from "@shopify/polaris";

import type { EventLog } from "../../quality/read-event-log.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { eventsUrl } from "../frame/events-url.ts";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/events.ts";

/** Above the whole log: how many orders failed, the newest of them by name, and the way to all of them. */
export function FailedLine({ failed }: { failed: NonNullable<EventLog["failed"]> }) {
  const { t } = useTexts();
  const format = useFormat();
  const values = { count: failed.count, number: format.number(failed.count) };
  return (
    <div className="tandem-failed">
      <Text as="p" tone="critical" fontWeight="medium">
        {failed.isLeast ? t("events.failed.lineAtLeast", values) : t("events.failed.line", values)}
      </Text>
      {failed.newest.map(({ id, orderName }) => (
        <Link key={id} to={`/app/events/${id}`}>
          <bdi>{orderName}</bdi>
        </Link>
      ))}
      {failed.isLeast || failed.count > failed.newest.length ? "…" : null}
      <Link to={eventsUrl({ status: ["dead"] })}>{t("events.failed.show")}</Link>
    </div>
  );
}
