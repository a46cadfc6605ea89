import { BlockStack, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";

import { useTexts } from "../../texts/use-texts.ts";
import { SaveFileButton } from "../frame/save-file-button.tsx";
import "../../texts/areas/audit.ts";

/** The audit to take along: one HTML file that prints, with an agency's name on it if wished, and a table. */
export function ReportCard() {
  const { t } = useTexts();
  const [agency, setAgency] = useState("");
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("audit.report.title")}
        </Text>
        <Text as="p" tone="subdued">
          {t("audit.report.text")}
        </Text>
        <TextField
          label={t("audit.report.agency")}
          value={agency}
          onChange={setAgency}
          maxLength={80}
          autoComplete="organization"
        />
        <InlineStack gap="200">
          <SaveFileButton
            address={`/app/audit/report?${new URLSearchParams(agency.trim() ? { agency } : {}).toString()}`}
            fileName="audit.html"
          >
            {t("audit.report.save")}
          </SaveFileButton>
          <SaveFileButton address="/app/audit/csv" fileName="audit.csv">
            {t("audit.report.csv")}
          </SaveFileButton>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
