import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Button, InlineStack, Text } from "@shopify/polaris";

import type { StorefrontReport, StorefrontSide } from "../../quality/read-storefront.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import type { SettingsOutcome } from "./settings-values.ts";
import { Section } from "./settings-sections.tsx";
import { useEmbedStatus } from "../frame/use-embed-status.ts";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/storefront.ts";

/** The three parts in the online store, each with its state and the way to fix it. */
export function StorefrontSection({
  storefront,
}: {
  storefront: StorefrontReport & { readonly embedUrl: string };
}) {
  const format = useFormat();
  const fetcher = useFetcher<SettingsOutcome>();
  const embed = useEmbedStatus();
  const { t } = useTexts();
  const { webPixel, metafield, lastHeartbeat, embedUrl } = storefront;
  const broken = [webPixel, metafield].some((side) => side.state !== "connected" || side.problem !== null);
  const lastReport =
    lastHeartbeat === null
      ? t("storefront.noReportYet")
      : t("storefront.lastReport", { at: format.dateTime(lastHeartbeat), zone: format.timeZoneName });
  return (
    <Section id="storefront" title={t("storefront.title")} text={t("storefront.text")}>
      <Part
        name={t("storefront.pixel")}
        badge={<SideBadge side={webPixel} connected={t("storefront.on")} />}
        text={t("storefront.pixelText")}
        detail={sideDetail(webPixel)}
      />
      <Part
        name={t("storefront.metafield")}
        badge={<SideBadge side={metafield} connected={t("storefront.upToDate")} />}
        text={t("storefront.metafieldText")}
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
            {t("storefront.tryAgain")}
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
        name={t("storefront.embed")}
        badge={
          embed === "active" ? (
            <Badge tone="success">{t("storefront.on")}</Badge>
          ) : embed === "available" ? (
            <Badge tone="attention">{t("storefront.off")}</Badge>
          ) : (
            <Badge>{t("storefront.notKnown")}</Badge>
          )
        }
        text={t("storefront.embedText")}
        detail={embed === "available" ? t("storefront.switchOn", { lastReport }) : lastReport}
      />
      <InlineStack>
        <Button url={embedUrl} target="_blank">
          {t("storefront.openEditor")}
        </Button>
      </InlineStack>
    </Section>
  );

  function sideDetail({ state, problem, at }: StorefrontSide): string {
    const when = at === null ? null : { at: format.dateTime(at), zone: format.timeZoneName };
    if (state === "connected" && !problem) return when ? t("storefront.synced", when) : "";
    if (!problem) return t("storefront.notTried");
    return when ? t("storefront.failedAt", { problem, ...when }) : problem;
  }
}

function SideBadge({ side: { state, problem }, connected }: { side: StorefrontSide; connected: string }) {
  const { t } = useTexts();
  if (state === "connected" && problem !== null)
    return <Badge tone="attention">{t("storefront.partly")}</Badge>;
  if (state === "connected") return <Badge tone="success">{connected}</Badge>;
  return state === null ? (
    <Badge>{t("storefront.notYet")}</Badge>
  ) : (
    <Badge tone="critical">{t("storefront.failed")}</Badge>
  );
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
