import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";

import { isUsualTestCode, withoutPasteMarks } from "../../stores/datasets/dataset-input.ts";
import type { TestCodeOutcome } from "../../stores/datasets/test-event-code.server.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { EVENTS_MANAGER } from "../frame/find-in-meta.tsx";
import { FormSaveBar } from "../frame/form-save-bar.tsx";
import { useFocusOnError } from "../frame/use-focus-on-error.ts";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/test-events.ts";

/** The test event code: a field of its own, never read for live orders, gone after a day. */
export function TestCodeCard({ code, endsAt }: { code: string | null; endsAt: number | null }) {
  const format = useFormat();
  const { t } = useTexts();
  const fetcher = useFetcher<TestCodeOutcome>();
  const kept = code ?? "";
  const [typed, setTyped] = useState(kept);
  useEffect(() => setTyped(kept), [kept]);
  const refused = fetcher.data?.kind === "invalid" ? fetcher.data : undefined;
  useFocusOnError(refused);
  return (
    <Card>
      <FormSaveBar
        id="test-code"
        dirty={typed.trim() !== kept}
        saving={fetcher.state !== "idle"}
        onSave={() => fetcher.submit({ intent: "code", code: typed }, { method: "post" })}
        onDiscard={() => setTyped(kept)}
      />
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("testEvents.codeTitle")}
        </Text>
        <TextField
          label={t("testEvents.code")}
          value={typed}
          onChange={(text) => setTyped(withoutPasteMarks(text))}
          autoComplete="off"
          placeholder={t("testEvents.codeExample")}
          error={refused?.message ?? false}
          helpText={
            code !== null && endsAt !== null
              ? t("testEvents.codeEnds", { at: format.dateTime(endsAt), zone: format.timeZoneName })
              : t("testEvents.codeHelp")
          }
        />
        {typed !== "" && !refused && !isUsualTestCode(typed) ? (
          <Text as="p">{t("testEvents.codeUnusual")}</Text>
        ) : null}
        <InlineStack>
          <Button url={EVENTS_MANAGER} target="_blank">
            {t("testEvents.openEventsManager")}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
