import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";

import type { TestAnswer } from "../../admin/act-on-alerts.server.ts";
import type { ChannelState, ChannelView } from "../../alerts/read-alerts.server.ts";
import { writeSentences } from "../../texts/conventions.ts";
import { useTexts } from "../../texts/use-texts.ts";
import type { SaveFailed } from "../frame/keep-form.ts";
import { useFormat } from "../frame/use-format.ts";
import { clockOf } from "./clock-of.ts";
import "../../texts/areas/alerts.ts";

const TONES = {
  unused: undefined,
  ok: "success",
  retrying: "attention",
  failing: "critical",
  sealed: "critical",
} as const satisfies Readonly<Record<ChannelState, string | undefined>>;

/** Every channel of the store: its state, what it is told, a test, and the way to its form. */
export function ChannelList({ channels }: { channels: readonly ChannelView[] }) {
  const { t } = useTexts();
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("alerts.channels")}
        </Text>
        <ul className="tandem-changes">
          {channels.map((channel) => (
            <li key={channel.id}>
              <Channel channel={channel} />
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}

function Channel({ channel }: { channel: ChannelView }) {
  const { t } = useTexts();
  const fetcher = useFetcher<TestAnswer | SaveFailed>();
  const told = useToldLine(channel);
  const kind = t(`alerts.kind.${channel.kind}`);
  const name = channel.name ?? kind;
  const tone = TONES[channel.state];
  const send = () =>
    fetcher.submit(JSON.stringify({ id: channel.id }), { method: "post", encType: "application/json" });
  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm" breakWord>
          {name}
        </Text>
        <Badge>{kind}</Badge>
        <Badge {...(tone === undefined ? {} : { tone })}>{t(`alerts.state.${channel.state}`)}</Badge>
      </InlineStack>
      <Text as="p" tone="subdued">
        {told}
      </Text>
      {channel.name === null ? (
        <Text as="p" tone="critical">
          {t("alerts.targetLost")}
        </Text>
      ) : channel.problem ? (
        <Text as="p" tone="critical" breakWord>
          {channel.problem}
        </Text>
      ) : null}
      <InlineStack gap="200" blockAlign="center">
        <Button
          loading={fetcher.state !== "idle"}
          onClick={send}
          accessibilityLabel={t("alerts.testNamed", { name })}
        >
          {t("alerts.test")}
        </Button>
        <Button url={`/app/alerts/${channel.id}`} accessibilityLabel={t("alerts.editNamed", { name })}>
          {t("alerts.edit")}
        </Button>
      </InlineStack>
      <div role="status">{fetcher.state === "idle" ? <Answer answer={fetcher.data} /> : null}</div>
    </BlockStack>
  );
}

function Answer({ answer }: { answer: TestAnswer | SaveFailed | undefined }) {
  if (!answer) return null;
  const isGood = answer.kind === "tested" && answer.ok;
  return (
    <Text as="p" tone={isGood ? "success" : "critical"} breakWord>
      {answer.kind === "tested" ? answer.text : answer.words}
    </Text>
  );
}

/** What a channel is told, and when it is not. */
function useToldLine({ severity, tellMended, quiet, criticalPasses }: ChannelView): string {
  const { t } = useTexts();
  const zone = useFormat().timeZoneName;
  return writeSentences([
    t(`alerts.told.${severity}`),
    tellMended && t("alerts.told.mended"),
    quiet &&
      t(criticalPasses ? "alerts.told.quietCritical" : "alerts.told.quiet", {
        from: clockOf(quiet.from),
        until: clockOf(quiet.until),
        zone,
      }),
  ]);
}
