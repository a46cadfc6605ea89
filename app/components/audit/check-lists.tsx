import { BlockStack, Card, Text } from "@shopify/polaris";

import type { CheckCode } from "../../audit/check.ts";
import type { AuditReport } from "../../audit/read-audit.server.ts";
import { UNTESTED } from "../../audit/untested.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFindingWords } from "./use-finding-words.ts";
import "../../texts/areas/audit.ts";

const NO_VALUES = {};

/** Everything that was looked at, as three lists: what is wrong, what is in order, and what nobody can say, with the reason. */
export function CheckLists({ report }: { report: AuditReport }) {
  const { t } = useTexts();
  const words = useFindingWords();
  const holds = (code: CheckCode) => words.part({ code, values: NO_VALUES }, "holds");
  const confirmed = [...report.open, ...report.snoozed].map((finding) => ({
    key: finding.code,
    text: words.title(finding),
  }));
  const cleared = report.cleared.map((code) => ({ key: code, text: holds(code) }));
  const untestable = [
    ...report.unknown.map(({ code, why }) => ({
      key: code,
      text: holds(code),
      note: t(`audit.unknown.${why}`),
    })),
    ...report.notApplicable.map((code) => ({
      key: code,
      text: holds(code),
      note: t("audit.unknown.not_applicable"),
    })),
    ...UNTESTED.map((name) => ({
      key: name,
      text: t(`audit.untested.${name}`),
      note: t("audit.untested.why"),
    })),
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("audit.lists.title")}
        </Text>
        <Checked
          title={t("audit.lists.confirmed")}
          lines={confirmed}
          empty={t("audit.lists.confirmedNone")}
        />
        <Checked title={t("audit.lists.cleared")} lines={cleared} empty={t("audit.lists.clearedNone")} />
        <Checked title={t("audit.lists.untestable")} lines={untestable} empty="" />
      </BlockStack>
    </Card>
  );
}

function Checked({
  title,
  lines,
  empty,
}: {
  title: string;
  lines: readonly { readonly key: string; readonly text: string; readonly note?: string }[];
  empty: string;
}) {
  return (
    <details className="tandem-checked">
      <summary>{`${title} (${lines.length})`}</summary>
      {lines.length === 0 ? (
        <Text as="p" tone="subdued">
          {empty}
        </Text>
      ) : (
        <ul className="tandem-changes">
          {lines.map(({ key, text, note }) => (
            <li key={key}>
              <Text as="p">{text}</Text>
              {note ? (
                <Text as="p" tone="subdued" variant="bodySm">
                  {note}
                </Text>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
