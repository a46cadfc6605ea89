import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";

import { FunnelAnswerCard } from "../components/funnel/funnel-answer-card.tsx";
import { FunnelEventCard } from "../components/funnel/funnel-event-card.tsx";
import { useFormat } from "../components/frame/use-format.ts";
import { notFound, signedInStore } from "../admin/signed-in-store.server.ts";
import { EVENT_CHOICES } from "../quality/chosen-event.ts";
import { funnelLogUrl } from "../quality/funnel-log-filters.ts";
import { readFunnelEvent } from "../quality/read-funnel-event.server.ts";
import { eventWords } from "../texts/event-words.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";
import "../texts/areas/funnel.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? eventWords(data.event).label : sayText({ key: "funnel.detail.events" }) },
];

/** One event of a visit at one dataset: what both copies hold, and what Meta answered. */
export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const event = EVENT_CHOICES.find((name) => name === args.params["event"]);
  if (event === undefined) throw notFound();
  const place = args.params["id"] ?? "";
  const detail = await readFunnelEvent(tandem.database, { storeId: store.id, event, place });
  if (!detail) throw notFound();
  return { event, detail };
}

export default function FunnelEventPage() {
  const { event, detail } = useLoaderData<typeof loader>();
  const format = useFormat();
  const { t } = useTexts();
  return (
    <Page
      title={eventWords(event).label}
      subtitle={[
        detail.dataset,
        t("funnel.detail.at", { time: format.exact(detail.eventTime), zone: format.timeZoneName }),
      ].join(" · ")}
      backAction={{ content: t("funnel.detail.events"), url: funnelLogUrl(event, {}) }}
    >
      <BlockStack gap="400">
        <FunnelEventCard detail={detail} />
        <FunnelAnswerCard detail={detail} />
      </BlockStack>
    </Page>
  );
}
