import { Form } from "@remix-run/react";
import { Button, Card, FormLayout, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";

import type { ConnectField } from "../../stores/datasets/connect-dataset.server.ts";
import { withoutPasteMarks, type FieldErrors } from "../../stores/datasets/dataset-input.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFocusOnError } from "../frame/use-focus-on-error.ts";
import "../../texts/areas/connect.ts";

/** What a form that was refused had in it, as far as it may be shown again. */
export interface TypedDataset {
  readonly datasetId: string;
  readonly name: string;
}

/** ID, token and a name. What was typed stays whatever the answer is; the first wrong field gets the keyboard. */
export function ConnectForm({
  errors,
  typed,
  busy,
}: {
  errors: FieldErrors<ConnectField> | undefined;
  typed: TypedDataset | undefined;
  busy: boolean;
}) {
  const { t } = useTexts();
  const [datasetId, setDatasetId] = useState(typed?.datasetId ?? "");
  const [token, setToken] = useState("");
  const [name, setName] = useState(typed?.name ?? "");
  useFocusOnError(errors);
  return (
    <Card>
      <Form method="post">
        <FormLayout>
          <TextField
            label={t("connect.id")}
            name="datasetId"
            value={datasetId}
            onChange={(text) => setDatasetId(withoutPasteMarks(text))}
            autoComplete="off"
            inputMode="numeric"
            helpText={t("connect.idHelp")}
            error={errors?.datasetId ?? ""}
          />
          <TextField
            label={t("connect.token")}
            name="token"
            type="password"
            value={token}
            onChange={(text) => setToken(withoutPasteMarks(text))}
            autoComplete="off"
            helpText={t("connect.tokenHelp")}
            error={errors?.token ?? ""}
          />
          <TextField
            label={t("connect.name")}
            name="name"
            value={name}
            onChange={setName}
            autoComplete="off"
            maxLength={80}
            helpText={t("connect.nameHelp")}
          />
          {errors?.form ? (
            <div role="alert">
              <Text as="p" tone="critical">
                {errors.form}
              </Text>
            </div>
          ) : null}
          <InlineStack gap="200" align="end">
            <Button url="/app/datasets">{t("connect.cancel")}</Button>
            <Button submit variant="primary" loading={busy}>
              {t("connect.submit")}
            </Button>
          </InlineStack>
        </FormLayout>
      </Form>
    </Card>
  );
}
