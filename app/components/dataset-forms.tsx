import { BlockStack, Button, Card, InlineStack, Modal, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";

import type { DatasetView } from "../quality/read-datasets.server.ts";
import { FormSaveBar } from "./form-save-bar.tsx";
import { useDatasetAction } from "./use-dataset-action.ts";
import { useFormat } from "./use-format.ts";

/** Replacing the token: checked first, and everything that was held goes out. */
export function DatasetTokenCard({ dataset }: { dataset: DatasetView }) {
  const { busy, problem, outcome, send } = useDatasetAction();
  const [token, setToken] = useState("");
  useEffect(() => {
    if (outcome?.kind === "done") setToken("");
  }, [outcome]);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Access token
        </Text>
        <TextField
          label="New access token"
          type="password"
          value={token}
          onChange={setToken}
          autoComplete="off"
          error={problem?.text ?? ""}
          helpText={`The present one ${dataset.tokenLastFour ? `ends in ${dataset.tokenLastFour}` : "is gone"}. The new one is checked with Meta before it is saved; what waits is sent at once.`}
        />
        <InlineStack align="end">
          <Button
            disabled={token.trim() === ""}
            loading={busy}
            onClick={() => send({ intent: "token", token })}
          >
            Replace token
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

export function DatasetNameCard({ dataset }: { dataset: DatasetView }) {
  const { busy, problem, send } = useDatasetAction();
  const kept = dataset.name ?? "";
  const [name, setName] = useState(kept);
  useEffect(() => setName(kept), [kept]);
  return (
    <Card>
      <FormSaveBar
        id="dataset-name"
        dirty={name !== kept}
        saving={busy}
        onSave={() => send({ intent: "rename", name })}
        onDiscard={() => setName(kept)}
      />
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        autoComplete="off"
        maxLength={80}
        error={problem?.text ?? ""}
        helpText="For your own eyes only."
      />
    </Card>
  );
}

/** Disconnecting: said plainly, confirmed once. */
export function DatasetDangerCard({ dataset }: { dataset: DatasetView }) {
  const format = useFormat();
  const { busy, problem, send } = useDatasetAction();
  const [asking, setAsking] = useState(false);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Disconnect
        </Text>
        <Text as="p">
          Ends both copies to this dataset. The access token is destroyed; the history stays. Pause it instead
          if you want to go on later without losing what waits.
        </Text>
        <InlineStack>
          <Button tone="critical" onClick={() => setAsking(true)}>
            Disconnect dataset
          </Button>
        </InlineStack>
      </BlockStack>
      <Modal
        open={asking}
        onClose={() => setAsking(false)}
        title={`Disconnect “${dataset.label}”?`}
        primaryAction={{
          content: "Disconnect",
          destructive: true,
          loading: busy,
          onAction: () => send({ intent: "disconnect" }),
        }}
        secondaryActions={[{ content: "Keep it", onAction: () => setAsking(false) }]}
      >
        <Modal.Section>
          <Text as="p">
            {dataset.waiting > 0
              ? `${format.number(dataset.waiting)} ${dataset.waiting === 1 ? "event that still waits" : "events that still wait"} will not be sent and will be listed as skipped, “dataset disconnected”.`
              : "Nothing waits for it at the moment."}{" "}
            New orders no longer go to it. What Meta has already stays there.
          </Text>
          {problem ? (
            <div role="alert">
              <Text as="p" tone="critical">
                {problem.text}
              </Text>
            </div>
          ) : null}
        </Modal.Section>
      </Modal>
    </Card>
  );
}
