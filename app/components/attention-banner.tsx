import { Banner, BlockStack, Text } from "@shopify/polaris";

import type { Attention } from "../quality/find-attention.ts";
import { useFormat } from "./use-format.ts";
import { errorClass } from "./words.ts";

/** The one thing that needs a person now: what happened, what it costs, and the button. Nothing at all when nothing does. */
export function AttentionBanner({ attention }: { attention: Attention | null }) {
  const format = useFormat();
  if (!attention) return null;
  const { title, text, tone, action } = sayIt();
  return (
    <Banner title={title} tone={tone} action={action}>
      <BlockStack gap="100">
        {text.map((line) => (
          <Text key={line} as="p">
            {line}
          </Text>
        ))}
      </BlockStack>
    </Banner>
  );

  function sayIt(): {
    title: string;
    text: readonly string[];
    tone: "critical" | "warning";
    action: { content: string; url: string };
  } {
    if (!attention) throw new Error("nothing to say");
    switch (attention.kind) {
      case "dataset_held":
        return {
          title: `“${attention.name}” stopped receiving sales`,
          tone: "critical",
          text: [
            `${errorClass(attention.class).long} Since ${format.dateTime(attention.since)} (${format.timeZoneName}).`,
            `${format.number(attention.waiting)} ${attention.waiting === 1 ? "event waits" : "events wait"} here and will be sent when it works again; Meta takes them for 7 days after the sale.`,
            ...(attention.message ? [`Meta’s words: ${attention.message}`] : []),
          ],
          action: {
            content: attention.class === "credential" ? "Replace the access token" : "Look at the dataset",
            url: `/app/datasets/${attention.datasetRow}`,
          },
        };
      case "failed_deliveries":
        return {
          title: `${format.number(attention.count)} ${attention.count === 1 ? "sale" : "sales"} failed and can still be sent`,
          tone: "warning",
          text: [
            "Meta refused them. Look at its reason and, once that is mended, send them again; Meta takes a sale for 7 days.",
          ],
          action: { content: "Show what failed", url: "/app/events?status=dead" },
        };
      case "mismatched":
        return {
          title: `${format.number(attention.count)} ${attention.count === 1 ? "sale" : "sales"} may be counted twice`,
          tone: "warning",
          text: [
            "The browser’s and the server’s copy differ, so Meta may not see that they are the same sale.",
          ],
          action: { content: "Compare the copies", url: "/app/events?pairing=mismatched" },
        };
      case "pixel_failed":
        return {
          title: "The browser copy is switched off",
          tone: "warning",
          text: [
            "The web pixel could not be connected. Sales still reach Meta from the server, but without what only the browser knows.",
            ...(attention.problem ? [`Shopify’s words: ${attention.problem}`] : []),
          ],
          action: { content: "Connect it again", url: "/app/settings#storefront" },
        };
      case "storefront_failed":
        return {
          title: "The storefront does not know your datasets yet",
          tone: "warning",
          text: [
            "The settings could not be handed to the storefront, so browser copies may go to an old dataset or to none.",
            ...(attention.problem ? [`Shopify’s words: ${attention.problem}`] : []),
          ],
          action: { content: "Try again", url: "/app/settings#storefront" },
        };
      case "embed_silent":
        return {
          title: "The storefront embed went silent",
          tone: "warning",
          text: [
            `Orders keep coming, but the embed was last heard of on ${format.dateTime(attention.since)} (${format.timeZoneName}). After a change of theme it must be switched on again; until then Meta recognises fewer buyers.`,
          ],
          action: { content: "Check the embed", url: "/app/settings#storefront" },
        };
      case "sweep_failed":
        return {
          title: "Missed orders cannot be looked up",
          tone: "warning",
          text: [
            "Shopify does not promise to report every order, so we also ask for them. That failed; orders that Shopify reports are sent as usual.",
            `The reason: ${attention.problem}`,
          ],
          action: { content: "Look for them now", url: "/app/settings#missed-orders" },
        };
    }
  }
}
