import { Banner, BlockStack, Button, Link, Text } from "@shopify/polaris";

import type { Attention } from "../../quality/find-attention.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import { errorClass } from "../../texts/say-reason.ts";

interface Words {
  readonly title: string;
  /** What happened and what it costs. */
  readonly lines: readonly string[];
  readonly action: { readonly content: string; readonly url: string };
}

const CRITICAL: readonly Attention["kind"][] = ["dataset_held", "token_refused", "sources_off"];

/**
 * Everything that somebody can act on now, worst first: what happened, what it costs, and the way to mend it. Nothing at
 * all when there is nothing.
 */
export function AttentionBanner({ attention }: { attention: readonly Attention[] }) {
  const { t } = useTexts();
  const words = useWords();
  const [first, ...others] = attention.map((each) => ({ ...words(each), key: keyOf(each) }));
  if (!first) return null;
  const tone = attention.some((each) => CRITICAL.includes(each.kind)) ? "critical" : "warning";
  if (others.length === 0)
    return (
      <Banner title={first.title} tone={tone} action={first.action}>
        <Lines lines={first.lines} />
      </Banner>
    );
  return (
    <Banner title={t("overview.attention.several", { number: attention.length })} tone={tone}>
      <ol className="tandem-attention">
        {[first, ...others].map((each, index) => (
          <li key={each.key}>
            <BlockStack gap="100" inlineAlign="start">
              <Text as="h3" variant="headingSm">
                {each.title}
              </Text>
              <Lines lines={each.lines} />
              {index === 0 ? (
                <Button url={each.action.url}>{each.action.content}</Button>
              ) : (
                <Link url={each.action.url}>{each.action.content}</Link>
              )}
            </BlockStack>
          </li>
        ))}
      </ol>
    </Banner>
  );
}

const keyOf = (each: Attention): string =>
  "datasetRow" in each ? `${each.kind} ${each.datasetRow}` : each.kind;

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <BlockStack gap="100">
      {lines.map((line) => (
        <Text key={line} as="p">
          {line}
        </Text>
      ))}
    </BlockStack>
  );
}

function useWords(): (attention: Attention) => Words {
  const ofSales = useSalesWords();
  const ofStorefront = useStorefrontWords();
  return (attention) => (isOfStorefront(attention) ? ofStorefront(attention) : ofSales(attention));
}

type OfStorefront = Extract<
  Attention,
  { kind: "pixel_failed" | "storefront_failed" | "embed_silent" | "sweep_failed" }
>;

const OF_STOREFRONT: readonly Attention["kind"][] = [
  "pixel_failed",
  "storefront_failed",
  "embed_silent",
  "sweep_failed",
];

function isOfStorefront(attention: Attention): attention is OfStorefront {
  return OF_STOREFRONT.includes(attention.kind);
}

/** Sales that do not reach Meta, or not once. */
function useSalesWords(): (attention: Exclude<Attention, OfStorefront>) => Words {
  const format = useFormat();
  const { t } = useTexts();
  const waiting = (count: number) => t("overview.attention.waiting", { count, number: format.number(count) });
  return (attention) => {
    switch (attention.kind) {
      case "dataset_held": {
        const isToken = attention.class === "credential";
        return {
          title: t("overview.attention.held", { name: attention.name }),
          lines: [
            t("overview.attention.heldSince", {
              reason: errorClass(attention.class).long,
              since: format.dateTime(attention.since),
              zone: format.timeZoneName,
            }),
            waiting(attention.waiting),
            ...(attention.message ? [t("overview.metaSays", { message: attention.message })] : []),
          ],
          action: {
            content: t(isToken ? "overview.attention.replaceToken" : "overview.attention.openDataset"),
            url: `/app/datasets/${attention.datasetRow}`,
          },
        };
      }
      case "token_refused":
        return {
          title: t("overview.attention.tokenRefused", { name: attention.name }),
          lines: [
            t("overview.attention.tokenRefusedText", {
              since: format.dateTime(attention.since),
              zone: format.timeZoneName,
            }),
          ],
          action: {
            content: t("overview.attention.openDataset"),
            url: `/app/datasets/${attention.datasetRow}`,
          },
        };
      case "sources_off":
        return {
          title: t("overview.attention.sourcesOff"),
          lines: [t("overview.attention.sourcesOffText")],
          action: { content: t("overview.attention.openSources"), url: "/app/settings#sources" },
        };
      case "failed_deliveries":
        return {
          title: t("overview.attention.failed", {
            count: attention.count,
            number: format.number(attention.count),
          }),
          lines: [t("overview.attention.failedText")],
          action: { content: t("overview.attention.showFailed"), url: "/app/events?status=dead" },
        };
      case "dataset_paused":
        return {
          title: t("overview.attention.paused", { name: attention.name }),
          lines: [
            t("overview.attention.pausedText"),
            ...(attention.waiting > 0 ? [waiting(attention.waiting)] : []),
          ],
          action: {
            content: t("overview.attention.resume"),
            url: `/app/datasets/${attention.datasetRow}`,
          },
        };
      case "mismatched":
        return {
          title: t("overview.attention.mismatched", {
            count: attention.count,
            number: format.number(attention.count),
          }),
          lines: [t("overview.attention.mismatchedText")],
          action: {
            content: t("overview.attention.compare"),
            url: "/app/events?pairing=mismatched",
          },
        };
    }
  };
}

/** What keeps the browser's side, or the search for missed orders, from working. */
function useStorefrontWords(): (attention: OfStorefront) => Words {
  const format = useFormat();
  const { t } = useTexts();
  const shopifySays = (problem: string | null) =>
    problem ? [t("overview.attention.shopifySays", { problem })] : [];
  const storefront = (content: string) => ({ content, url: "/app/settings#storefront" });
  return (attention) => {
    switch (attention.kind) {
      case "pixel_failed":
        return {
          title: t("overview.attention.pixelFailed"),
          lines: [t("overview.attention.pixelFailedText"), ...shopifySays(attention.problem)],
          action: storefront(t("overview.attention.connectAgain")),
        };
      case "storefront_failed":
        return {
          title: t("overview.attention.storefrontFailed"),
          lines: [t("overview.attention.storefrontFailedText"), ...shopifySays(attention.problem)],
          action: storefront(t("overview.attention.tryAgain")),
        };
      case "embed_silent":
        return {
          title: t("overview.attention.embedSilent"),
          lines: [
            t("overview.attention.embedSilentText", {
              since: format.dateTime(attention.since),
              zone: format.timeZoneName,
            }),
          ],
          action: storefront(t("overview.attention.checkEmbed")),
        };
      case "sweep_failed":
        return {
          title: t("overview.attention.sweepFailed"),
          lines: [
            t("overview.attention.sweepFailedText"),
            t("overview.attention.reason", { problem: attention.problem }),
          ],
          action: { content: t("overview.attention.lookNow"), url: "/app/settings#missed-orders" },
        };
    }
  };
}
