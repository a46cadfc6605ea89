import { BlockStack, Card, Text } from "@shopify/polaris";

import type { FunnelEventDetail } from "../../quality/read-funnel-event.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import { refusal } from "../../texts/say-reason.ts";
import "../../texts/areas/funnel.ts";

/** What Meta answered to the server copy, and the copy itself. */
export function FunnelAnswerCard({ detail }: { readonly detail: FunnelEventDetail }) {
  const format = useFormat();
  const { t } = useTexts();
  const { state, answer, settledAt, attempts, payload } = detail;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("funnel.detail.answer")}
        </Text>
        {linesOf().map((line) => (
          <Text key={line} as="p" breakWord>
            {line}
          </Text>
        ))}
        {payload === null ? null : (
          <>
            <Text as="p" tone="subdued">
              {t("funnel.detail.payload")}
            </Text>
            <pre className="tandem-code" tabIndex={0} aria-label={t("funnel.detail.payload")}>
              {payload}
            </pre>
          </>
        )}
        <Text as="p" tone="subdued" variant="bodySm">
          {t("funnel.detail.received", { time: format.exact(detail.receivedAt) })}
        </Text>
      </BlockStack>
    </Card>
  );

  function linesOf(): readonly string[] {
    if (state === "delivered" && settledAt !== null)
      return [t("funnel.detail.accepted", { time: format.exact(settledAt) })];
    const said = [
      ...(answer === null ? [] : [refusal(answer.class).long]),
      ...(answer?.message ? [t("funnel.detail.said", { message: answer.message })] : []),
      ...(answer?.code == null ? [] : [t("funnel.detail.code", { code: answer.code })]),
    ];
    if (state !== "waiting") return said;
    const tried = t("funnel.detail.attempts", { count: attempts, number: format.number(attempts) });
    return [t("funnel.detail.waiting", { attempts: tried }), ...said];
  }
}
