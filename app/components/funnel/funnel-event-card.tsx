import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

import type { FunnelEventDetail } from "../../quality/read-funnel-event.server.ts";
import { writeSentences } from "../../texts/conventions.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { LabelBadge } from "../events/event-badges.tsx";
import { useFormat } from "../frame/use-format.ts";
import { keyName } from "../frame/words.ts";
import { outcomeLabel, stateLabel } from "./funnel-labels.ts";
import "../../texts/areas/funnel.ts";

/** Known of the request alone: a browser copy has them without naming them. */
const OF_THE_REQUEST: readonly string[] = ["client_ip_address", "client_user_agent"];

/** Both copies beside each other: what became of each, and what they hold, which is the same. */
export function FunnelEventCard({ detail }: { readonly detail: FunnelEventDetail }) {
  const format = useFormat();
  const { t } = useTexts();
  const wereBothSent = detail.outcome === "sent" && detail.state === "delivered";
  const rows: readonly (readonly [name: string, browser: ReactNode, server: ReactNode])[] = [
    same(t("funnel.detail.eventId"), detail.eventId),
    [t("funnel.detail.eventTime"), t("funnel.detail.clock"), format.exact(detail.eventTime)],
    ...(detail.page === null ? [] : [same(t("funnel.detail.page"), detail.page)]),
    ...detail.parameters.map(([name, value]) => same(name, value)),
    [
      t("funnel.detail.customer"),
      <Keys key="b" keys={browserKeys(detail)} />,
      <Keys key="s" keys={detail.keys} />,
    ],
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t("funnel.detail.copies")}
          </Text>
        </InlineStack>
        <Text as="p">{t(verdictOf(detail))}</Text>
        <div
          className="tandem-scroll tandem-copies"
          tabIndex={0}
          role="region"
          aria-label={t("funnel.detail.copiesRegion")}
        >
          <table>
            <thead>
              <tr>
                <th scope="col">{t("funnel.detail.field")}</th>
                <th scope="col">
                  {t("funnel.detail.browser")} <LabelBadge label={outcomeLabel(detail.outcome)} />
                </th>
                <th scope="col">
                  {t("funnel.detail.server")} <LabelBadge label={stateLabel(detail.state)} />
                </th>
                <th scope="col">{t("funnel.detail.agreement")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, browser, server]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{browser}</td>
                  <td>{server}</td>
                  <td>
                    <Agreement wereBothSent={wereBothSent} isSame={browser === server} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Text as="p" tone="subdued" variant="bodySm">
          {writeSentences([
            t("funnel.detail.copiesText"),
            t("funnel.detail.customerBrowser"),
            t("funnel.detail.clockNote"),
          ])}
        </Text>
      </BlockStack>
    </Card>
  );
}

/** Only of copies that were both sent: a copy that never left agrees with nothing. */
function Agreement({ wereBothSent, isSame }: { readonly wereBothSent: boolean; readonly isSame: boolean }) {
  const { t } = useTexts();
  if (!wereBothSent) return "–";
  return isSame ? <Badge tone="success">{t("funnel.detail.same")}</Badge> : t("funnel.detail.byDesign");
}

function same(name: string, value: string): readonly [string, string, string] {
  return [name, value, value];
}

function browserKeys({ keys }: FunnelEventDetail): readonly string[] {
  return keys.filter((key) => !OF_THE_REQUEST.includes(key));
}

function Keys({ keys }: { readonly keys: readonly string[] }) {
  const { t } = useTexts();
  if (keys.length === 0) return t("funnel.detail.none");
  return (
    <span className="tandem-badges">
      {keys.map((key) => (
        <Badge key={key}>{keyName(key)}</Badge>
      ))}
    </span>
  );
}

function verdictOf({ outcome, state }: FunnelEventDetail): TextKey {
  if (state === "waiting") return "funnel.detail.verdictOpen";
  if (state === "delivered")
    return outcome === "sent" ? "funnel.detail.verdictPaired" : "funnel.detail.verdictServerOnly";
  return outcome === "sent" ? "funnel.detail.verdictBrowserOnly" : "funnel.detail.verdictNeither";
}
