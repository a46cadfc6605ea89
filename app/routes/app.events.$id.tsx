import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, InlineStack, Page } from "@shopify/polaris";

import { CopiesCard } from "../components/copies-card.tsx";
import { DeliveryCard } from "../components/delivery-card.tsx";
import { LabelBadge, PairingBadge } from "../components/event-badges.tsx";
import { TimelineCard } from "../components/timeline-card.tsx";
import { VerdictCard } from "../components/verdict-card.tsx";
import { useFormat } from "../components/use-format.ts";
import { deliveryLabel, skipReason, sourceName } from "../components/words.ts";
import { readEventDetail } from "../quality/read-event-detail.server.ts";
import { readForm } from "../read-submission.server.ts";
import { retryOne } from "../retry-events.server.ts";
import { notFound, signedInStore } from "../signed-in-store.server.ts";

export { PageError as ErrorBoundary } from "../components/page-error.tsx";
export { pageHeaders as headers } from "../page-headers.server.ts";

export const meta: MetaFunction = () => [{ title: "Event" }];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const event = await readEventDetail(tandem.database, {
    store,
    id: args.params["id"] ?? "",
    graphUrl: tandem.environment.META_GRAPH_URL,
    now: tandem.clock(),
  });
  if (!event) throw notFound();
  return { event };
}

export async function action(args: ActionFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const form = await readForm(args.request);
  return retryOne(tandem, store.id, form.get("delivery") ?? "");
}

export default function EventPage() {
  const { event } = useLoaderData<typeof loader>();
  const format = useFormat();
  const { verdict } = event;
  const reasons = event.deliveries.flatMap((each) => (each.skipReason === null ? [] : [each.skipReason]));
  const text = verdict.text || reasons.map((each) => skipReason(each).long).join(" ");
  return (
    <Page
      title={event.orderName}
      subtitle={`${event.eventName} · ${sourceName(event.source)} · paid ${format.dateTime(event.paidAt)} (${format.timeZoneName})${
        event.value === null ? "" : ` · ${format.money(event.value, event.currency)}`
      }`}
      backAction={{ content: "Events", url: "/app/events" }}
      titleMetadata={
        <InlineStack gap="100">
          {event.deliveries.length === 1 ? (
            <LabelBadge label={deliveryLabel(event.deliveries[0]?.state ?? "none")} />
          ) : null}
          <PairingBadge
            pairing={event.pairing}
            source={event.source}
            states={event.deliveries.map((each) => each.state)}
          />
        </InlineStack>
      }
    >
      <BlockStack gap="400">
        <VerdictCard verdict={verdict} text={text} />
        <CopiesCard event={event} />
        <TimelineCard timeline={event.timeline} />
        {event.deliveries.map((delivery) => (
          <DeliveryCard key={delivery.id} delivery={delivery} erased={event.erased} />
        ))}
      </BlockStack>
    </Page>
  );
}
