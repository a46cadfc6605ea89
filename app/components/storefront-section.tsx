import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Button, InlineStack, Text } from "@shopify/polaris";

import type { StorefrontReport, StorefrontSide } from "../quality/read-storefront.server.ts";
import type { SettingsOutcome } from "./settings-values.ts";
import { Section } from "./settings-sections.tsx";
import { useEmbedStatus } from "./use-embed-status.ts";
import { useFormat } from "./use-format.ts";

/** The three parts in the online store, each with its state and the way to mend it. */
export function StorefrontSection({
  storefront,
}: {
  storefront: StorefrontReport & { readonly embedUrl: string };
}) {
  const format = useFormat();
  const fetcher = useFetcher<SettingsOutcome>();
  const embed = useEmbedStatus();
  const { webPixel, metafield, lastHeartbeat, embedUrl } = storefront;
  const broken = [webPixel, metafield].some((side) => side.state !== "connected");
  const heard =
    lastHeartbeat === null
      ? "No page of your store has reported yet."
      : `A page of your store last reported ${format.dateTime(lastHeartbeat)} (${format.timeZoneName}).`;
  return (
    <Section
      id="storefront"
      title="Storefront"
      text="What runs in the buyer’s browser. Tandem sets up the first two by itself; the embed is a switch in your theme."
    >
      <Part
        name="Web pixel"
        badge={sideBadge(webPixel)}
        text="Sends the browser’s copy of each purchase from the checkout."
        detail={sideDetail(webPixel)}
      />
      <Part
        name="Settings for the theme"
        badge={sideBadge(metafield)}
        text="Tells the embed which datasets are active."
        detail={sideDetail(metafield)}
      />
      {broken ? (
        <InlineStack>
          <Button
            loading={fetcher.state !== "idle"}
            onClick={() =>
              fetcher.submit(JSON.stringify({ intent: "sync" }), {
                method: "post",
                encType: "application/json",
              })
            }
          >
            Try again
          </Button>
        </InlineStack>
      ) : null}
      {fetcher.data?.kind === "failed" ? (
        <div role="alert">
          <Text as="p" tone="critical">
            {fetcher.data.words}
          </Text>
        </div>
      ) : null}
      <Part
        name="Theme embed"
        badge={
          embed === "active" ? (
            <Badge tone="success">On</Badge>
          ) : embed === "available" ? (
            <Badge tone="attention">Off</Badge>
          ) : (
            <Badge>Not known</Badge>
          )
        }
        text="Sets Meta’s browser and click IDs after consent, so that Meta recognises more buyers."
        detail={embed === "available" ? `${heard} Switch it on in the theme editor and save there.` : heard}
      />
      <InlineStack>
        <Button url={embedUrl} target="_top">
          Open the theme editor
        </Button>
      </InlineStack>
    </Section>
  );

  function sideDetail({ state, problem, at }: StorefrontSide): string {
    const when = at === null ? "" : ` ${format.dateTime(at)} (${format.timeZoneName})`;
    if (state === "connected") return `Last brought up to date${when}.`;
    return problem ? `${problem}${when ? ` Last tried${when}.` : ""}` : "Not tried yet.";
  }
}

function sideBadge({ state }: StorefrontSide) {
  if (state === "connected") return <Badge tone="success">Connected</Badge>;
  return state === null ? <Badge>Not connected yet</Badge> : <Badge tone="critical">Failed</Badge>;
}

function Part({
  name,
  badge,
  text,
  detail,
}: {
  name: string;
  badge: React.ReactNode;
  text: string;
  detail: string;
}) {
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {name}
        </Text>
        {badge}
      </InlineStack>
      <Text as="p">{text}</Text>
      <Text as="p" tone="subdued">
        {detail}
      </Text>
    </BlockStack>
  );
}
