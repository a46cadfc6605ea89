import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, InlineStack, Page, Text } from "@shopify/polaris";

import { CopiesCard } from "../components/events/copies-card.tsx";
import { DeliveryCard } from "../components/events/delivery-card.tsx";
import { LabelBadge, StateBadges } from "../components/events/event-badges.tsx";
import { NotesCard } from "../components/events/notes-card.tsx";
import { TimelineCard } from "../components/events/timeline-card.tsx";
import { VerdictCard } from "../components/events/verdict-card.tsx";
import { useFormat } from "../components/frame/use-format.ts";
import { answerText } from "../components/events/answer-text.ts";
import { deliveryLabel, sourceName } from "../components/frame/words.ts";
import { differingFigures, readServerCopy, type CopyFormat } from "../quality/compare-copies.ts";
import { judgeEvent, type JudgedDataset } from "../quality/judge-event.ts";
import {
  readEventDetail,
  type DetailDelivery,
  type EventDetail,
} from "../quality/read-event-detail.server.ts";
import { stateAtDataset } from "../quality/state-at-dataset.ts";
import { readForm } from "../admin/read-submission.server.ts";
import { retryOne } from "../admin/retry-events.server.ts";
import { sayText } from "../texts/texts.ts";
import { useTexts } from "../texts/use-texts.ts";
import { notFound, signedInStore } from "../admin/signed-in-store.server.ts";
import "../texts/areas/verdicts.ts";

export { PageError as ErrorBoundary } from "../components/frame/page-error.tsx";
export { pageHeaders as headers } from "../admin/page-headers.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.event.orderName ?? sayText({ key: "verdicts.page.title" }) },
];

export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const event = await readEventDetail(tandem.database, {
    store,
    id: args.params["id"] ?? "",
    graphUrl: tandem.environment.META_GRAPH_URL,
    now: tandem.clock(),
  });
  if (!event) throw notFound();
  return { event, now: tandem.clock() };
}

export async function action(args: ActionFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const form = await readForm(args.request);
  return retryOne(tandem, store.id, form.get("delivery") ?? "");
}

export default function EventPage() {
  const { event, now } = useLoaderData<typeof loader>();
  const format = useFormat();
  const { t } = useTexts();
  const verdicts = judgeEvent({
    source: event.source,
    datasets: useJudged(event),
  });
  return (
    <Page
      title={event.orderName}
      subtitle={[
        event.eventName,
        sourceName(event.source),
        t("verdicts.page.paid", { time: format.dateTime(event.paidAt), zone: format.timeZoneName }),
        ...(event.value === null ? [] : [format.money(event.value, event.currency)]),
      ].join(" · ")}
      backAction={{ content: t("verdicts.page.events"), url: "/app/events" }}
      titleMetadata={<DatasetStates event={event} />}
    >
      <BlockStack gap="400">
        {verdicts.map((judged, index) => (
          <VerdictCard key={index} judged={judged} several={event.deliveries.length > 1} />
        ))}
        <NotesCard notes={event.notes} />
        <CopiesCard event={event} />
        <TimelineCard timeline={event.timeline} />
        {event.deliveries.map((delivery) => (
          <DeliveryCard
            key={delivery.id}
            delivery={delivery}
            erased={event.erased}
            isPast={delivery.expiresAt <= now}
          />
        ))}
      </BlockStack>
    </Page>
  );
}

/** Each dataset's state and pairing, named where there are several. */
function DatasetStates({ event }: { event: EventDetail }) {
  const several = event.deliveries.length > 1;
  if (event.deliveries.length === 0) return <LabelBadge label={deliveryLabel("none")} />;
  return (
    <InlineStack gap="200" blockAlign="center">
      {event.deliveries.map((each) => (
        <InlineStack key={each.id} gap="100" blockAlign="center">
          {several ? (
            <Text as="span" variant="bodySm" tone="subdued">
              <bdi>{each.dataset}</bdi>
            </Text>
          ) : null}
          <StateBadges {...stateAtDataset(each, event.deliveries, event.source)} />
        </InlineStack>
      ))}
    </InlineStack>
  );
}

function useJudged(event: EventDetail): readonly JudgedDataset[] {
  const format = useFormat();
  const { say } = useTexts();
  const written: CopyFormat = {
    time: (seconds) => format.exact(seconds * 1000),
    money: format.money,
    number: format.number,
    say,
  };
  return event.deliveries.map((each: DetailDelivery) => ({
    name: each.dataset,
    state: each.state,
    skip: each.skip && { ...each.skip, kind: sourceName(each.skip.kind) },
    pairing: each.pairing,
    counting: each.counting,
    browser: each.browser,
    mayHaveArrived: each.mayHaveArrived,
    answer: each.answer && answerText(each.answer, say),
    differing:
      each.pairing === "paired"
        ? differingFigures(event.browser, readServerCopy(each.payload), written)
        : null,
  }));
}
