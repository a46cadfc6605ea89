import { BlockStack, Card, Text } from "@shopify/polaris";

import type { StoreChangeView } from "../../quality/read-changes.server.ts";
import { writeNamed } from "../../texts/conventions.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useChangeWords } from "../frame/change-words.ts";
import { useFormat } from "../frame/use-format.ts";

/** The first ones stand open; the rest folds away below them. */
const SHOWN = 10;

/** What changed in the store's settings, datasets and storefront, newest first: what, when, and from which side. */
export function ChangeLogCard({ changes }: { changes: readonly StoreChangeView[] }) {
  const format = useFormat();
  const { t } = useTexts();
  const [shown, folded] = [changes.slice(0, SHOWN), changes.slice(SHOWN)];
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("overview.change.title")}
          </Text>
          <Text as="p" tone="subdued">
            {changes.length === 0
              ? t("overview.change.none")
              : t("overview.change.text", { zone: format.timeZoneName })}
          </Text>
        </BlockStack>
        {shown.length > 0 ? <Changes changes={shown} /> : null}
        {folded.length > 0 ? (
          <details>
            <summary>
              {t("overview.change.older", { count: folded.length, number: format.number(folded.length) })}
            </summary>
            <Changes changes={folded} />
          </details>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function Changes({ changes }: { changes: readonly StoreChangeView[] }) {
  const format = useFormat();
  const { label, particulars, by } = useChangeWords();
  const line = (change: StoreChangeView): string => {
    const more = particulars(change);
    return more === null ? label(change) : writeNamed(label(change), more);
  };
  return (
    <ul className="tandem-changes">
      {changes.map((change) => (
        <li key={change.id}>
          <Text as="p">{line(change)}</Text>
          <Text as="p" tone="subdued" variant="bodySm">
            {`${format.dateTime(change.at)} · ${by(change)}`}
          </Text>
        </li>
      ))}
    </ul>
  );
}
