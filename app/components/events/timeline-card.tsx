import { Badge, BlockStack, Card, Text } from "@shopify/polaris";

import { isSentOutcome } from "../../pairing/browser-outcome.ts";
import type { TimelineEntry } from "../../quality/event-timeline.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import { deliveryLabel } from "../frame/words.ts";
import { errorClass, skipReason } from "../../texts/say-reason.ts";
import "../../texts/areas/verdicts.ts";

const VIA: Readonly<Record<string, TextKey>> = {
  webhook: "verdicts.timeline.via.webhook",
  sweep: "verdicts.timeline.via.sweep",
  lookup: "verdicts.timeline.via.lookup",
  example: "verdicts.timeline.via.example",
};

const ANSWERS: Readonly<Record<string, TextKey>> = {
  fire: "verdicts.timeline.answer.fire",
  awaiting_payment: "verdicts.timeline.answer.awaitingPayment",
  no_consent: "verdicts.timeline.answer.noConsent",
  test_order: "verdicts.timeline.answer.testOrder",
  unknown_order: "verdicts.timeline.answer.unknownOrder",
  paused: "verdicts.timeline.answer.paused",
  already_reported: "verdicts.timeline.answer.alreadyReported",
};

const OUTCOMES: Readonly<Record<string, TextKey>> = {
  sent: "verdicts.timeline.outcome.sent",
  fired: "verdicts.timeline.outcome.sent",
  blocked: "verdicts.timeline.outcome.blocked",
  failed: "verdicts.timeline.outcome.failed",
};

/** Everything that happened to one purchase, in order, and what comes next. */
export function TimelineCard({ timeline }: { timeline: readonly TimelineEntry[] }) {
  const format = useFormat();
  const { t } = useTexts();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("verdicts.timeline.title")}
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
          {t("verdicts.timeline.footer", { zone: format.timeZoneName })}
        </Text>
      </BlockStack>
    </Card>
  );

  function describe(entry: TimelineEntry): {
    title: string;
    detail: readonly string[];
    badge: React.ReactNode;
  } {
    const known = (names: Readonly<Record<string, TextKey>>, name: string) => {
      const key = names[name];
      return key === undefined ? name : t(key);
    };
    switch (entry.kind) {
      case "paid":
        return { title: t("verdicts.timeline.paid"), detail: [], badge: null };
      case "received":
        return {
          title: t("verdicts.timeline.received"),
          detail: entry.outcome ? [known(VIA, entry.outcome)] : [],
          badge: null,
        };
      case "browser_report":
        return {
          title: t("verdicts.timeline.report"),
          detail: entry.outcome ? [known(ANSWERS, entry.outcome)] : [],
          badge: null,
        };
      case "browser_outcome":
        return {
          title: known(OUTCOMES, entry.outcome ?? ""),
          detail: [],
          badge: isSentOutcome(entry.outcome ?? null) ? (
            <Badge tone="success">{t("verdicts.timeline.sent")}</Badge>
          ) : (
            <Badge tone="attention">{t("verdicts.timeline.notSent")}</Badge>
          ),
        };
      case "queued":
        return { title: t("verdicts.timeline.queued"), detail: [], badge: null };
      case "attempt":
        return describeAttempt(entry);
      case "repeats":
        return {
          title: t("verdicts.timeline.repeats", {
            count: entry.count ?? 0,
            number: format.number(entry.count ?? 0),
          }),
          detail: [],
          badge: <Badge tone="critical">{t("verdicts.timeline.failed")}</Badge>,
        };
      case "settled":
        return {
          title: deliveryLabel(entry.outcome ?? "").text,
          detail: entry.detail ? [skipReason(entry.detail, entry.consent ?? null).long] : [],
          badge: null,
        };
      case "next_try":
        return {
          title: t("verdicts.timeline.nextAttempt"),
          detail: [],
          badge: <Badge tone="info">{t("verdicts.timeline.planned")}</Badge>,
        };
    }
  }

  function describeAttempt(entry: TimelineEntry) {
    const isOk = entry.outcome === "ok";
    // Without a status Meta did not answer: the message is ours.
    const message = entry.detail ?? "";
    const said = entry.httpStatus
      ? t("verdicts.timeline.metaSays", { message })
      : t("verdicts.timeline.note", { message });
    return {
      title: t(isOk ? "verdicts.timeline.metaAccepted" : "verdicts.timeline.requestFailed"),
      detail: [
        ...(isOk ? [] : [errorClass(entry.outcome ?? "unknown").short]),
        ...(entry.httpStatus ? [t("verdicts.timeline.http", { status: String(entry.httpStatus) })] : []),
        ...(entry.code ? [t("verdicts.timeline.code", { code: entry.code })] : []),
        ...(message === "" ? [] : [said]),
        ...(entry.durationMs === undefined
          ? []
          : [t("verdicts.timeline.took", { number: format.number(entry.durationMs) })]),
        ...(entry.fbtraceId ? [t("verdicts.timeline.trace", { id: entry.fbtraceId })] : []),
      ],
      badge: isOk ? (
        <Badge tone="success">{t("verdicts.timeline.accepted")}</Badge>
      ) : (
        <Badge tone="critical">{t("verdicts.timeline.failed")}</Badge>
      ),
    };
  }
}
