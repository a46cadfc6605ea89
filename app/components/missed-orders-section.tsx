import { useFetcher } from "@remix-run/react";
import { Button, InlineStack, Text } from "@shopify/polaris";

import type { MissedOrders } from "../look-for-missed-orders.server.ts";
import type { SaveFailed } from "./keep-form.ts";
import { Section } from "./settings-sections.tsx";
import { useFormat } from "./use-format.ts";

/** Shopify does not promise to report every order: when we last asked for those it did not, and a button to ask now. */
export function MissedOrdersSection({ sweptThrough }: { sweptThrough: number | null }) {
  const format = useFormat();
  const fetcher = useFetcher<MissedOrders | SaveFailed>();
  const ask = () =>
    fetcher.submit(JSON.stringify({ intent: "sweep" }), { method: "post", encType: "application/json" });
  return (
    <Section
      id="missed-orders"
      title="Missed orders"
      text="Shopify does not promise to report every order. Tandem asks every ten minutes for paid ones that never came. Orders from before the installation are left alone: Meta may have them already."
    >
      <Text as="p">
        {sweptThrough === null
          ? "The regular search has not run yet."
          : `Everything up to ${format.dateTime(sweptThrough)} (${format.timeZoneName}) is here.`}
      </Text>
      <InlineStack gap="300" blockAlign="center">
        <Button loading={fetcher.state !== "idle"} onClick={ask}>
          Look through the last 7 days
        </Button>
        <span role="status">{fetcher.state === "idle" ? say(fetcher.data) : null}</span>
      </InlineStack>
    </Section>
  );

  function say(answer: MissedOrders | SaveFailed | undefined): string | null {
    if (!answer) return null;
    if (answer.kind === "failed") return answer.words;
    const found =
      answer.taken === 0
        ? ""
        : `${format.number(answer.taken)} missed ${answer.taken === 1 ? "order is" : "orders are"} on the way to Meta now.`;
    if (answer.isFinished) return found || "Nothing was missed.";
    return `${found} ${answer.problem ?? "This takes longer; the search goes on by itself."}`.trim();
  }
}
