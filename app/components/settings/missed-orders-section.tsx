import { useFetcher } from "@remix-run/react";
import { Button, InlineStack, Text } from "@shopify/polaris";

import type { MissedOrders } from "../../admin/look-for-missed-orders.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import type { SaveFailed } from "../frame/keep-form.ts";
import { Section } from "./settings-sections.tsx";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/settings.ts";

/** Shopify does not promise to report every order: when we last asked for those it did not, and a button to ask now. */
export function MissedOrdersSection({ sweptThrough }: { sweptThrough: number | null }) {
  const format = useFormat();
  const { t } = useTexts();
  const fetcher = useFetcher<MissedOrders | SaveFailed>();
  const ask = () =>
    fetcher.submit(JSON.stringify({ intent: "sweep" }), { method: "post", encType: "application/json" });
  return (
    <Section id="missed-orders" title={t("settings.missed.title")} text={t("settings.missed.text")}>
      <Text as="p">
        {sweptThrough === null
          ? t("settings.missed.notYet")
          : t("settings.missed.checked", { at: format.dateTime(sweptThrough), zone: format.timeZoneName })}
      </Text>
      <InlineStack gap="300" blockAlign="center">
        <Button loading={fetcher.state !== "idle"} onClick={ask}>
          {t("settings.missed.look")}
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
        : t("settings.missed.found", { count: answer.taken, number: format.number(answer.taken) });
    if (answer.isFinished) return found || t("settings.missed.nothing");
    return `${found} ${answer.problem ?? t("settings.missed.longer")}`.trim();
  }
}
