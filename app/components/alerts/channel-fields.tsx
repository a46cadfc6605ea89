import {
  BlockStack,
  Card,
  Checkbox,
  ChoiceList,
  FormLayout,
  Select,
  Text,
  TextField,
} from "@shopify/polaris";
import type { ReactNode } from "react";

import { CHANNEL_KINDS, GROUP_MINUTES } from "../../alerts/channels/channel.ts";
import { QUIET_TIMES } from "../../alerts/channels/channel-form.ts";
import { writeSentences } from "../../texts/conventions.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useFormat } from "../frame/use-format.ts";
import { clockOf } from "./clock-of.ts";
import type { ChannelFormState, LoadedChannel } from "./use-channel-form.ts";
import "../../texts/areas/alerts.ts";

interface FieldsProps {
  readonly form: ChannelFormState;
  readonly loaded: LoadedChannel;
}

const SEVERITIES = ["critical", "high", "medium", "low"] as const;

/** Where, what and when. Problems stand beside their fields. */
export function ChannelFields({ form, loaded }: FieldsProps) {
  const { t } = useTexts();
  return (
    <>
      <Card>
        <BlockStack gap="400">
          {loaded.id === null ? <KindField form={form} loaded={loaded} /> : null}
          <TargetField form={form} loaded={loaded} />
        </BlockStack>
      </Card>
      <Section title={t("alerts.form.what")}>
        <Select
          name="severity"
          label={t("alerts.form.severity")}
          helpText={t("alerts.form.severityHelp")}
          options={SEVERITIES.map((value) => ({ value, label: t(`alerts.severity.${value}`) }))}
          value={form.values.severity}
          onChange={(value) => form.change({ severity: SEVERITIES.find((each) => each === value) ?? "high" })}
          {...errorOf(form.errors.severity)}
        />
        <Checkbox
          name="tellMended"
          label={t("alerts.form.mended")}
          helpText={t("alerts.form.mendedHelp")}
          checked={form.values.tellMended}
          onChange={(tellMended) => form.change({ tellMended })}
        />
        <Text as="p" tone="subdued">
          {t("alerts.form.language")}
        </Text>
      </Section>
      <Section title={t("alerts.form.when")}>
        <Select
          name="groupMinutes"
          label={t("alerts.form.group")}
          helpText={t("alerts.form.groupHelp")}
          options={GROUP_MINUTES.map((minutes) => ({
            value: String(minutes),
            label: minutes === 0 ? t("alerts.form.groupNone") : t("alerts.form.groupMinutes", { minutes }),
          }))}
          value={form.values.groupMinutes}
          onChange={(groupMinutes) => form.change({ groupMinutes })}
          {...errorOf(form.errors.groupMinutes)}
        />
        <QuietFields form={form} />
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {children}
      </BlockStack>
    </Card>
  );
}

function KindField({ form, loaded }: FieldsProps) {
  const { t } = useTexts();
  // Without a choice there is no field: a dead one would be hard to read.
  if (!loaded.hasMail)
    return (
      <Text as="p" tone="subdued">
        {t("alerts.noMailText")}
      </Text>
    );
  const help = { email: t("alerts.form.emailHelp"), webhook: t("alerts.form.webhookHelp") };
  return (
    <ChoiceList
      name="kind"
      title={t("alerts.form.kind")}
      choices={CHANNEL_KINDS.map((value) => ({
        value,
        label: t(`alerts.kind.${value}`),
        helpText: help[value],
      }))}
      selected={[form.values.kind]}
      onChange={([chosen]) =>
        form.change({ kind: CHANNEL_KINDS.find((each) => each === chosen) ?? "webhook", target: "" })
      }
      {...errorOf(form.errors.kind)}
    />
  );
}

function TargetField({ form, loaded }: FieldsProps) {
  const { t } = useTexts();
  const isMail = form.values.kind === "email";
  const keeps = !isMail && loaded.name !== null;
  const help = t(isMail ? "alerts.form.emailTargetHelp" : "alerts.form.webhookTargetHelp");
  return (
    <TextField
      name="target"
      label={t(isMail ? "alerts.form.email" : "alerts.form.webhook")}
      type={isMail ? "email" : "url"}
      value={form.values.target}
      onChange={(target) => form.change({ target })}
      autoComplete={isMail ? "email" : "off"}
      helpText={writeSentences([help, keeps && t("alerts.form.webhookKeep", { name: loaded.name ?? "" })])}
      {...errorOf(form.errors.target)}
    />
  );
}

function QuietFields({ form }: { form: ChannelFormState }) {
  const { t } = useTexts();
  const zone = useFormat().timeZoneName;
  const times = QUIET_TIMES.map((minutes) => ({ value: String(minutes), label: clockOf(minutes) }));
  return (
    <>
      <Checkbox
        name="quiet"
        label={t("alerts.form.quiet")}
        helpText={t("alerts.form.quietHelp", { zone })}
        checked={form.values.quiet}
        onChange={(quiet) => form.change({ quiet })}
      />
      {form.values.quiet ? (
        <>
          <FormLayout>
            <FormLayout.Group condensed>
              <Select
                name="quietFrom"
                label={t("alerts.form.quietFrom")}
                options={times}
                value={form.values.quietFrom}
                onChange={(quietFrom) => form.change({ quietFrom })}
                {...errorOf(form.errors.quietFrom)}
              />
              <Select
                name="quietUntil"
                label={t("alerts.form.quietUntil")}
                options={times}
                value={form.values.quietUntil}
                onChange={(quietUntil) => form.change({ quietUntil })}
                {...errorOf(form.errors.quietUntil)}
              />
            </FormLayout.Group>
          </FormLayout>
          <Checkbox
            name="criticalPasses"
            label={t("alerts.form.critical")}
            checked={form.values.criticalPasses}
            onChange={(criticalPasses) => form.change({ criticalPasses })}
          />
        </>
      ) : null}
    </>
  );
}

/** Polaris calls a field invalid even for an empty error. */
function errorOf(text: string | undefined): { readonly error?: string } {
  return text === undefined ? {} : { error: text };
}
