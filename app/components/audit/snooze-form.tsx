import { useFetcher } from "@remix-run/react";
import {
  BlockStack,
  Button,
  FormLayout,
  InlineError,
  InlineStack,
  Select,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";

import type { AuditActionOutcome } from "../../admin/act-on-audit.server.ts";
import type { FindingView } from "../../audit/read-audit.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import type { SaveFailed } from "../frame/keep-form.ts";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/audit.ts";

type Answer = AuditActionOutcome | SaveFailed;

/** Puts a finding aside with a reason, or takes it up again; everybody who opens the page sees the reason. */
export function SnoozeForm({ finding }: { finding: FindingView }) {
  const { t } = useTexts();
  const format = useFormat();
  const fetcher = useFetcher<Answer>();
  const [isOpen, setOpen] = useState(false);
  const { snoozed, code } = finding;
  if (snoozed)
    return (
      <fetcher.Form method="post">
        <input type="hidden" name="intent" value="unsnooze" />
        <input type="hidden" name="code" value={code} />
        <BlockStack gap="200" inlineAlign="start">
          <Text as="p">
            {t("audit.snooze.until", { until: format.date(snoozed.until), reason: snoozed.reason })}
          </Text>
          <Button submit loading={fetcher.state !== "idle"}>
            {t("audit.snooze.end")}
          </Button>
          <Said answer={fetcher.data} />
        </BlockStack>
      </fetcher.Form>
    );
  if (!isOpen)
    return (
      <InlineStack>
        <Button variant="plain" ariaExpanded={false} onClick={() => setOpen(true)}>
          {t("audit.snooze.action")}
        </Button>
      </InlineStack>
    );
  return <AskReason code={code} fetcher={fetcher} onCancel={() => setOpen(false)} />;
}

function AskReason({
  code,
  fetcher,
  onCancel,
}: {
  code: string;
  fetcher: ReturnType<typeof useFetcher<Answer>>;
  onCancel: () => void;
}) {
  const { t } = useTexts();
  const [reason, setReason] = useState("");
  const [days, setDays] = useState("7");
  return (
    <fetcher.Form method="post">
      <input type="hidden" name="intent" value="snooze" />
      <input type="hidden" name="code" value={code} />
      <FormLayout>
        <TextField
          label={t("audit.snooze.reason")}
          name="reason"
          value={reason}
          onChange={setReason}
          maxLength={200}
          autoComplete="off"
          autoFocus
          {...(fetcher.data?.kind === "invalid" ? { error: fetcher.data.message } : {})}
        />
        <Select
          label={t("audit.snooze.days")}
          name="days"
          value={days}
          onChange={setDays}
          options={[
            { value: "7", label: t("audit.snooze.d7") },
            { value: "30", label: t("audit.snooze.d30") },
            { value: "90", label: t("audit.snooze.d90") },
          ]}
        />
        <InlineStack gap="200">
          <Button submit loading={fetcher.state !== "idle"}>
            {t("audit.snooze.save")}
          </Button>
          <Button variant="plain" onClick={onCancel}>
            {t("audit.snooze.cancel")}
          </Button>
        </InlineStack>
        <Said answer={fetcher.data} />
      </FormLayout>
    </fetcher.Form>
  );
}

function Said({ answer }: { answer: Answer | undefined }) {
  const words = answer && "words" in answer && answer.kind !== "snoozed" ? answer.words : undefined;
  return (
    <div role="status">
      {words ? answer?.kind === "failed" ? <InlineError message={words} fieldID="snooze" /> : words : null}
    </div>
  );
}
