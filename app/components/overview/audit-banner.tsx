import { Banner } from "@shopify/polaris";

import type { WorstFinding } from "../../admin/say-worst-finding.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";

/** The worst thing that the audit found, and how many there are. What is less than high waits on the audit's own page. */
export function AuditBanner({ audit }: { audit: WorstFinding }) {
  const { t } = useTexts();
  const format = useFormat();
  const { count, title, severity } = audit;
  return (
    <Banner
      title={t("overview.audit.title", { count, number: format.number(count) })}
      tone={severity === "critical" ? "critical" : severity === "high" ? "warning" : "info"}
      action={{ content: t("overview.audit.action"), url: "/app/audit" }}
    >
      {t("overview.audit.worst", { title })}
    </Banner>
  );
}
