import { BlockStack, Card, Text } from "@shopify/polaris";

import type { FindingChangeView } from "../../audit/read-audit.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import { useFindingWords } from "./use-finding-words.ts";
import "../../texts/areas/audit.ts";

const SHOWN = 8;

/** When findings opened, came back and were mended, newest first. */
export function HistoryCard({ history }: { history: readonly FindingChangeView[] }) {
  const { t } = useTexts();
  const [shown, older] = [history.slice(0, SHOWN), history.slice(SHOWN)];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("audit.history.title")}
        </Text>
        {history.length === 0 ? (
          <Text as="p" tone="subdued">
            {t("audit.history.none")}
          </Text>
        ) : (
          <Changes changes={shown} />
        )}
        {older.length > 0 ? (
          <details className="tandem-checked">
            <summary>{t("audit.history.older")}</summary>
            <Changes changes={older} />
          </details>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function Changes({ changes }: { changes: readonly FindingChangeView[] }) {
  const format = useFormat();
  const words = useFindingWords();
  return (
    <ul className="tandem-changes">
      {changes.map((change) => (
        <li key={change.id}>
          <Text as="p">{words.change(change)}</Text>
          <Text as="p" tone="subdued" variant="bodySm">
            {[`${format.dateTime(change.at)} (${format.timeZoneName})`, change.reason]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </li>
      ))}
    </ul>
  );
}
