import { Badge, BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

import type { OverviewReport } from "../../quality/read-overview.server.ts";
import type { StorefrontReport } from "../../quality/read-storefront.server.ts";
import { HEARTBEAT_LIFE_MS } from "../../quality/setup-steps.ts";
import { writeList, writeListSentence, writeSentences } from "../../texts/conventions.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { DatasetBadge, useDatasetAdvice } from "../frame/dataset-badge.tsx";
import { useEmbedStatus } from "../frame/use-embed-status.ts";
import { useFormat } from "../frame/use-format.ts";

/** What the sales go through, always shown: each dataset, the checkout pixel, the theme embed, and who else sends. */
export function ConnectionsCard({ report, now }: { report: OverviewReport; now: number }) {
  const format = useFormat();
  const { t } = useTexts();
  const advice = useDatasetAdvice();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("overview.connections.title")}
        </Text>
        <ul className="tandem-connections">
          {report.datasets.map((each) => (
            <Connection
              key={each.id}
              name={<Link url={`/app/datasets/${each.id}`}>{each.label}</Link>}
              badge={<DatasetBadge status={each.status} />}
              detail={[
                advice(each.status),
                each.waiting > 0
                  ? t("overview.connections.waiting", {
                      count: each.waiting,
                      number: format.number(each.waiting),
                    })
                  : null,
              ]}
            />
          ))}
          {report.datasets.length === 0 ? (
            <Connection
              name={<Link url="/app/datasets">{t("overview.connections.dataset")}</Link>}
              badge={<Badge tone="attention">{t("overview.connections.noDataset")}</Badge>}
              detail={[]}
            />
          ) : null}
          {report.isAllOff ? (
            <Connection
              name={<Link url="/app/settings#sources">{t("overview.connections.orders")}</Link>}
              badge={<Badge tone="critical">{t("overview.connections.allOff")}</Badge>}
              detail={[]}
            />
          ) : null}
          <CheckoutPixel storefront={report.storefront} />
          <ThemeEmbed storefront={report.storefront} now={now} />
          <Others storefront={report.storefront} />
        </ul>
        <Text as="p" tone="subdued" variant="bodySm">
          {t("overview.connections.zone", { zone: format.timeZoneName })}
        </Text>
      </BlockStack>
    </Card>
  );
}

function Connection({
  name,
  badge,
  detail,
}: {
  name: ReactNode;
  badge: ReactNode;
  detail: readonly (string | null)[];
}) {
  const text = writeSentences(detail);
  return (
    <li>
      <InlineStack gap="200" blockAlign="center">
        {name}
        {badge}
      </InlineStack>
      {text ? (
        <Text as="p" tone="subdued" variant="bodySm">
          {text}
        </Text>
      ) : null}
    </li>
  );
}

function CheckoutPixel({ storefront }: { storefront: StorefrontReport }) {
  const { t } = useTexts();
  const { state, problem } = storefront.webPixel;
  const badge =
    state === "connected" ? (
      <Badge tone="success">{t("overview.connections.on")}</Badge>
    ) : state === "failed" ? (
      <Badge tone="critical">{t("overview.connections.failed")}</Badge>
    ) : (
      <Badge>{t("overview.connections.notYet")}</Badge>
    );
  return (
    <Connection
      name={<Link url="/app/settings#storefront">{t("overview.connections.pixel")}</Link>}
      badge={badge}
      detail={[state === "failed" ? problem : null]}
    />
  );
}

/** The admin knows it for certain where it answers; else what pages of the store last reported. */
function ThemeEmbed({ storefront, now }: { storefront: StorefrontReport; now: number }) {
  const format = useFormat();
  const { t } = useTexts();
  const embed = useEmbedStatus();
  const { lastHeartbeat } = storefront;
  const reports = lastHeartbeat !== null && now - lastHeartbeat < HEARTBEAT_LIFE_MS;
  const badge =
    embed === "active" || (embed === "unknown" && reports) ? (
      <Badge tone="success">{t("overview.connections.on")}</Badge>
    ) : embed === "available" ? (
      <Badge tone="attention">{t("overview.connections.off")}</Badge>
    ) : (
      <Badge>{t("overview.connections.unknown")}</Badge>
    );
  return (
    <Connection
      name={<Link url="/app/settings#storefront">{t("overview.connections.embed")}</Link>}
      badge={badge}
      detail={[
        lastHeartbeat === null
          ? t("overview.connections.neverReported")
          : t("overview.connections.lastReported", { at: format.soon(lastHeartbeat) }),
      ]}
    />
  );
}

const SENDERS: Readonly<Record<string, TextKey>> = {
  shopify_meta_channel: "overview.senders.shopify_meta_channel",
  gtm: "overview.senders.gtm",
  other_fbq: "overview.senders.other_fbq",
};

function Others({ storefront }: { storefront: StorefrontReport }) {
  const { t } = useTexts();
  const { others } = storefront;
  const senders = (others?.senders ?? []).map((each) => t(SENDERS[each] ?? "overview.senders.other_fbq"));
  const isSeen = senders.length > 0 || (others?.pixels.length ?? 0) > 0;
  const badge = isSeen ? (
    <Badge tone="attention">{t("overview.connections.seen")}</Badge>
  ) : (
    <Badge>{t(others ? "overview.connections.noneSeen" : "overview.connections.unknown")}</Badge>
  );
  return (
    <Connection
      name={t("overview.connections.others")}
      badge={badge}
      detail={
        isSeen
          ? [
              senders.length > 0 ? writeListSentence(senders) : null,
              others && others.pixels.length > 0
                ? t("overview.connections.pixels", {
                    count: others.pixels.length,
                    ids: writeList(others.pixels),
                  })
                : null,
              t("overview.connections.othersAdvice"),
            ]
          : [others ? null : t("overview.connections.othersUnknown")]
      }
    />
  );
}
