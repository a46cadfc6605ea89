import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";

import type { MessageView } from "../../alerts/read-alerts.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/alerts.ts";

const TONES = {
  due: "info",
  leased: "info",
  retrying: "attention",
  sent: "success",
  dead: "critical",
} as const;

/** What was sent of late: when, where, of which findings, and what became of it. */
export function SentList({ messages, isAll }: { messages: readonly MessageView[]; isAll: boolean }) {
  const format = useFormat();
  const { t } = useTexts();
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("alerts.history.title")}
          </Text>
          <Text as="p" tone="subdued">
            {messages.length === 0
              ? t("alerts.history.none")
              : t("alerts.history.text", { zone: format.timeZoneName })}
          </Text>
        </BlockStack>
        {messages.length > 0 ? (
          <ul className="tandem-changes">
            {messages.map((message) => (
              <li key={message.id}>
                <Message message={message} />
              </li>
            ))}
          </ul>
        ) : null}
        {isAll ? null : (
          <Text as="p" tone="subdued">
            {t("alerts.history.more", { most: messages.length })}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

function Message({ message }: { message: MessageView }) {
  const format = useFormat();
  const { t } = useTexts();
  const { state, nextAt, findings, kind, name, attempts, problem } = message;
  const known = isState(state) ? state : "due";
  const titles =
    findings.length === 0
      ? [t("alerts.history.test")]
      : findings.map(({ title, mended }) => (mended ? t("alerts.history.mendedPart", { title }) : title));
  const words =
    known === "retrying"
      ? t("alerts.history.state.retrying", { at: format.soon(nextAt ?? message.at) })
      : t(`alerts.history.state.${known}`);
  return (
    <BlockStack gap="050">
      <InlineStack gap="200" blockAlign="center">
        <Text as="span">{format.dateTime(message.at)}</Text>
        <Badge tone={TONES[known]}>{words}</Badge>
      </InlineStack>
      {titles.map((title, index) => (
        <Text key={`${index} ${title}`} as="p">
          {title}
        </Text>
      ))}
      <Text as="p" tone="subdued" variant="bodySm" breakWord>
        {[
          t("alerts.history.toWhom", { kind: t(`alerts.kind.${kind}`), name: name ?? "–" }),
          ...(attempts > 1
            ? [t("alerts.history.attempts", { count: attempts, number: format.number(attempts) })]
            : []),
          ...(problem ? [problem] : []),
        ].join(" · ")}
      </Text>
    </BlockStack>
  );
}

function isState(state: string): state is keyof typeof TONES {
  return Object.hasOwn(TONES, state);
}
