import { useFetcher } from "@remix-run/react";
import { BlockStack, Card, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";

import type { TestCodeOutcome } from "../stores/test-event-code.server.ts";
import { FormSaveBar } from "./form-save-bar.tsx";
import { useFormat } from "./use-format.ts";

/** The test event code: a field of its own, never read for live orders, gone after a day. */
export function TestCodeCard({ code, endsAt }: { code: string | null; endsAt: number | null }) {
  const format = useFormat();
  const fetcher = useFetcher<TestCodeOutcome>();
  const kept = code ?? "";
  const [typed, setTyped] = useState(kept);
  useEffect(() => setTyped(kept), [kept]);
  const problem = fetcher.data?.kind === "invalid" ? fetcher.data.message : false;
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
          Test event code
        </Text>
        <TextField
          label="Code"
          value={typed}
          onChange={setTyped}
          autoComplete="off"
          placeholder="TEST12345"
          error={problem}
          helpText={
            code !== null && endsAt !== null
              ? `Ends by itself on ${format.dateTime(endsAt)} (${format.timeZoneName}). Live orders never carry it.`
              : "Events Manager, your dataset, Test events. It ends by itself after 24 hours; live orders never carry it."
          }
        />
      </BlockStack>
    </Card>
  );
}
