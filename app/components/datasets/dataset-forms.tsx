import { BlockStack, Button, Card, InlineStack, Modal, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";

import type { DatasetView } from "../../quality/read-datasets.server.ts";
import { withoutPasteMarks } from "../../stores/datasets/dataset-input.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { FormSaveBar } from "../frame/form-save-bar.tsx";
import { useDatasetAction } from "./use-dataset-action.ts";
import { useFocusOnError } from "../frame/use-focus-on-error.ts";
import { useFormat } from "../frame/use-format.ts";
import "../../texts/areas/connect.ts";

/** Replacing the token: checked first, and everything that was held goes out. */
export function DatasetTokenCard({ dataset }: { dataset: DatasetView }) {
  const { busy, problem, outcome, send } = useDatasetAction();
  const { t } = useTexts();
  useFocusOnError(problem ? outcome : undefined);
  const [token, setToken] = useState("");
  useEffect(() => {
    if (outcome?.kind === "done") setToken("");
  }, [outcome]);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("connect.token")}
        </Text>
        <TextField
          label={t("connect.newToken")}
          type="password"
          value={token}
          onChange={(typed) => setToken(withoutPasteMarks(typed))}
          autoComplete="off"
          error={problem?.text ?? ""}
          helpText={
            dataset.tokenLastFour
              ? t("connect.newTokenHelp", { last: dataset.tokenLastFour })
              : t("connect.newTokenHelpNone")
          }
        />
        <InlineStack align="end">
          <Button
            disabled={token.trim() === ""}
            loading={busy}
            onClick={() => send({ intent: "token", token })}
          >
            {t("connect.replace")}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

export function DatasetNameCard({ dataset }: { dataset: DatasetView }) {
  const { busy, problem, send } = useDatasetAction();
  const { t } = useTexts();
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
        label={t("connect.ownName")}
        value={name}
        onChange={setName}
        autoComplete="off"
        maxLength={80}
        error={problem?.text ?? ""}
        helpText={t("connect.ownNameHelp")}
      />
    </Card>
  );
}

/** Disconnecting: said plainly, confirmed once. */
export function DatasetDangerCard({ dataset }: { dataset: DatasetView }) {
  const format = useFormat();
  const { busy, problem, send } = useDatasetAction();
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("connect.disconnectTitle")}
        </Text>
        <Text as="p">{t("connect.disconnectText")}</Text>
        <InlineStack>
          <Button tone="critical" onClick={() => setAsking(true)}>
            {t("connect.disconnectButton")}
          </Button>
        </InlineStack>
      </BlockStack>
      <Modal
        open={asking}
        onClose={() => setAsking(false)}
        title={t("connect.disconnectAsk", { name: dataset.label })}
        primaryAction={{
          content: t("connect.disconnectTitle"),
          destructive: true,
          loading: busy,
          onAction: () => send({ intent: "disconnect" }),
        }}
        secondaryActions={[{ content: t("connect.keepIt"), onAction: () => setAsking(false) }]}
      >
        <Modal.Section>
          <Text as="p">
            {dataset.waiting > 0
              ? t("connect.waiting", { count: dataset.waiting, number: format.number(dataset.waiting) })
              : t("connect.waitingNone")}{" "}
            {t("connect.disconnectEffect")}
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
