import { Badge, BlockStack, Card, Text } from "@shopify/polaris";

import type { TimelineEntry } from "../quality/event-timeline.ts";
import { useFormat } from "./use-format.ts";
import { deliveryLabel, errorClass, skipReason } from "./words.ts";

const VIA: Readonly<Record<string, string>> = {
  webhook: "Shopify reported it",
  sweep: "We asked Shopify for missed orders and found it",
  lookup: "The buyer’s browser came first, so we asked Shopify for it",
  test: "Sent as a test",
};

const ANSWERS: Readonly<Record<string, string>> = {
  fire: "Told to send its copy",
  awaiting_payment: "Told to wait: not paid yet",
  no_consent: "Told not to send: no consent",
  test_order: "Told not to send: a test order",
  unknown_order: "Told not to send: order unknown",
  paused: "Told not to send: paused or switched off",
  already_reported: "Told not to send: a copy went before",
};

const OUTCOMES: Readonly<Record<string, string>> = {
  fired: "Browser copy sent",
  blocked: "Browser copy blocked",
  failed: "Browser copy failed",
};

/** Everything that happened to one purchase, in order, and what comes next. */
export function TimelineCard({ timeline }: { timeline: readonly TimelineEntry[] }) {
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Timeline
        </Text>
        <ol className="tandem-timeline">
          {timeline.map((entry, index) => {
            const { title, detail, badge } = describe(entry);
            return (
              <li key={index} className={entry.kind === "next_try" ? "tandem-planned" : undefined}>
                <time dateTime={new Date(entry.at).toISOString()}>{format.exact(entry.at)}</time>
                <div>
                  <span className="tandem-badges">
                    <Text as="span" fontWeight="medium">
                      {title}
                    </Text>
                    {badge}
                    {entry.dataset ? (
                      <Text as="span" tone="subdued">
                        {entry.dataset}
                      </Text>
                    ) : null}
                  </span>
                  {detail.length > 0 ? (
                    <Text as="p" tone="subdued" variant="bodySm" breakWord>
                      {detail.join(" · ")}
                    </Text>
                  ) : null}
                </div>
              </li>
            );
          })}
        </ol>
        <Text as="p" tone="subdued" variant="bodySm">
          {`Times in ${format.timeZoneName}. Meta’s support can look up an fbtrace_id.`}
        </Text>
      </BlockStack>
    </Card>
  );

  function describe(entry: TimelineEntry): {
    title: string;
    detail: readonly string[];
    badge: React.ReactNode;
  } {
    switch (entry.kind) {
      case "paid":
        return { title: "Paid", detail: [], badge: null };
      case "received":
        return { title: "Received", detail: [VIA[entry.outcome ?? ""] ?? ""].filter(Boolean), badge: null };
      case "browser_report":
        return {
          title: "Browser reported the purchase",
          detail: entry.outcome ? [ANSWERS[entry.outcome] ?? entry.outcome] : [],
          badge: null,
        };
      case "browser_outcome":
        return {
          title: OUTCOMES[entry.outcome ?? ""] ?? "Browser copy",
          detail: [],
          badge:
            entry.outcome === "fired" ? (
              <Badge tone="success">Sent</Badge>
            ) : (
              <Badge tone="attention">Not sent</Badge>
            ),
        };
      case "queued":
        return { title: "Queued", detail: [], badge: null };
      case "attempt":
        return {
          title: entry.outcome === "ok" ? "Meta accepted it" : "Request failed",
          detail: [
            ...(entry.outcome === "ok" ? [] : [errorClass(entry.outcome ?? "unknown").short]),
            ...(entry.httpStatus ? [`HTTP ${entry.httpStatus}`] : []),
            ...(entry.code ? [`code ${entry.code}`] : []),
            ...(entry.detail ? [`“${entry.detail}”`] : []),
            ...(entry.durationMs === undefined ? [] : [`${format.number(entry.durationMs)} ms`]),
            ...(entry.fbtraceId ? [`fbtrace_id ${entry.fbtraceId}`] : []),
          ],
          badge:
            entry.outcome === "ok" ? (
              <Badge tone="success">Accepted</Badge>
            ) : (
              <Badge tone="critical">Failed</Badge>
            ),
        };
      case "settled":
        return {
          title: deliveryLabel(entry.outcome ?? "").text,
          detail: entry.detail ? [skipReason(entry.detail).long] : [],
          badge: null,
        };
      case "next_try":
        return { title: "Next try", detail: [], badge: <Badge tone="info">Planned</Badge> };
    }
  }
}
