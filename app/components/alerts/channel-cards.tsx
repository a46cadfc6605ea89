import { Banner, BlockStack, Button, Card, InlineStack, Modal, Text, TextField } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";

import { useTexts } from "../../texts/use-texts.ts";
import type { ChannelFormState } from "./use-channel-form.ts";
import "../../texts/areas/alerts.ts";

/** A signing secret, once: the keyboard goes to it, because what was pressed may be gone. */
export function ShownSecret({ secret }: { secret: string }) {
  const { t } = useTexts();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), [secret]);
  return (
    <div ref={place} tabIndex={-1}>
      <Banner title={t("alerts.secret.shownTitle")} tone="warning">
        <BlockStack gap="300">
          <Text as="p">{t("alerts.secret.shownText")}</Text>
          <TextField
            label={t("alerts.secret.label")}
            value={secret}
            readOnly
            selectTextOnFocus
            monospaced
            autoComplete="off"
          />
          <InlineStack>
            <Button url="/app/alerts">{t("alerts.secret.done")}</Button>
          </InlineStack>
        </BlockStack>
      </Banner>
    </div>
  );
}

export function SecretCard({ form }: { form: ChannelFormState }) {
  const { t } = useTexts();
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("alerts.secret.title")}
        </Text>
        <Text as="p">{t("alerts.secret.text")}</Text>
        <InlineStack>
          <Button disabled={form.isDirty} loading={form.isSaving} onClick={form.renewSecret}>
            {t("alerts.secret.renew")}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

export function RemoveChannelCard({ form, name }: { form: ChannelFormState; name: string }) {
  const { t } = useTexts();
  const [asking, setAsking] = useState(false);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("alerts.form.remove")}
        </Text>
        <Text as="p">{t("alerts.form.removeText")}</Text>
        <InlineStack>
          <Button tone="critical" onClick={() => setAsking(true)}>
            {t("alerts.form.remove")}
          </Button>
        </InlineStack>
      </BlockStack>
      <Modal
        open={asking}
        onClose={() => setAsking(false)}
        title={t("alerts.form.removeAsk", { name })}
        primaryAction={{
          content: t("alerts.form.remove"),
          destructive: true,
          loading: form.isSaving,
          onAction: form.remove,
        }}
        secondaryActions={[{ content: t("alerts.form.keep"), onAction: () => setAsking(false) }]}
      >
        <Modal.Section>
          <Text as="p">{t("alerts.form.removeText")}</Text>
          {form.problem ? (
            <div role="alert">
              <Text as="p" tone="critical">
                {form.problem}
              </Text>
            </div>
          ) : null}
        </Modal.Section>
      </Modal>
    </Card>
  );
}
