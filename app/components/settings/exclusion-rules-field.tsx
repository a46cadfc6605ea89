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
import { useRef, useState } from "react";

import {
  EXCLUSION_TRAITS,
  LONGEST_VALUE,
  MOST_RULES,
  appName,
  foldRule,
  isCounted,
} from "../../conversions/order/exclusion-rules.ts";
import type { ExclusionRule, ExclusionTrait } from "../../conversions/model.ts";
import type { SeenValue } from "../../conversions/order/seen-traits.ts";
import { ordersOfRule } from "../../conversions/order/seen-traits.ts";
import { STORE_SETTINGS, type SettingOfKind } from "../../conversions/settings/settings.ts";
import { useTexts } from "../../texts/use-texts.ts";
import type { FieldProps } from "./settings-values.ts";
import { useFormat } from "../frame/use-format.ts";
import { traitName } from "../frame/words.ts";
import "../../texts/areas/settings.ts";

/** What is chosen in the picker for a value that is typed. */
const TYPED = "";

/**
 * The merchant's rules as a table, each with the orders of the last 30 days that it names, and below it the way to add one:
 * from what was really seen in the last 90 days, or typed. Nothing holds until the form is saved.
 */
export function ExclusionRulesField({
  name,
  values,
  change,
  errors,
  seen,
}: FieldProps & { readonly name: SettingOfKind<"rules">; readonly seen: readonly SeenValue[] }) {
  const rules = values[name];
  const error = errors[name];
  const heading = useRef<HTMLDivElement>(null);
  const { t } = useTexts();
  const remove = (gone: ExclusionRule) => {
    change({ [name]: rules.filter((rule) => rule !== gone) });
    // The pressed button goes with its row; whoever uses the keyboard goes on from the table.
    heading.current?.focus();
  };
  return (
    <BlockStack gap="300">
      <div ref={heading} tabIndex={-1}>
        <Text as="h3" variant="headingSm">
          {t(STORE_SETTINGS[name].label)}
        </Text>
      </div>
      <Text as="p" tone="subdued">
        {t(STORE_SETTINGS[name].help)}
      </Text>
      <RulesTable rules={rules} seen={seen} onRemove={remove} />
      {error ? <InlineError message={error} fieldID={name} /> : null}
      {rules.length < MOST_RULES ? (
        <AddRule rules={rules} seen={seen} onAdd={(rule) => change({ [name]: [...rules, rule] })} />
      ) : (
        <Text as="p">{t("settings.rules.most", { most: MOST_RULES })}</Text>
      )}
    </BlockStack>
  );
}

function RulesTable({
  rules,
  seen,
  onRemove,
}: {
  readonly rules: readonly ExclusionRule[];
  readonly seen: readonly SeenValue[];
  readonly onRemove: (rule: ExclusionRule) => void;
}) {
  const format = useFormat();
  const { t } = useTexts();
  if (rules.length === 0) return <Text as="p">{t("settings.rules.none")}</Text>;
  const counted = (rule: ExclusionRule) => {
    const orders = ordersOfRule(rule, seen);
    if (orders === null) return t("settings.rules.notCounted");
    return t("settings.rules.orders", { count: orders, number: format.number(orders) });
  };
  return (
    <table className="tandem-rules">
      <caption className="tandem-hidden">{t("settings.rules.caption")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("settings.rules.rule")}</th>
          <th scope="col" className="tandem-number">
            {t("settings.rules.wouldHave")}
          </th>
          <th scope="col">
            <Text as="span" visuallyHidden>
              {t("settings.rules.remove")}
            </Text>
          </th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={`${rule.by}:${rule.value}`}>
            <th scope="row">
              <Text as="span" tone="subdued">
                {t("settings.rules.trait", { trait: traitName(rule.by) })}
              </Text>
              <Text as="span" fontWeight="medium" breakWord>
                {shownValue(rule, t)}
              </Text>
            </th>
            <td className="tandem-number">{counted(rule)}</td>
            <td>
              <Button
                variant="plain"
                tone="critical"
                accessibilityLabel={t("settings.rules.removeRule", {
                  trait: traitName(rule.by),
                  value: rule.value,
                })}
                onClick={() => onRemove(rule)}
              >
                {t("settings.rules.remove")}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AddRule({
  rules,
  seen,
  onAdd,
}: {
  readonly rules: readonly ExclusionRule[];
  readonly seen: readonly SeenValue[];
  readonly onAdd: (rule: ExclusionRule) => void;
}) {
  const format = useFormat();
  const { t } = useTexts();
  const [by, setBy] = useState<ExclusionTrait>("tag");
  const [picked, setPicked] = useState(TYPED);
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();
  const isThere = (rule: ExclusionRule) =>
    rules.some((each) => each.by === rule.by && foldRule(each) === foldRule(rule));
  const offered = seen.filter((each) => each.by === by && each.last90 > 0 && !isThere(each));
  const chosen = offered.some((each) => each.value === picked) ? picked : TYPED;
  const add = () => {
    const value = chosen === TYPED ? typed.trim() : chosen;
    const rule = { by, value };
    if (value === "") return setProblem(t("settings.rules.choose"));
    if (isThere(rule)) return setProblem(t("settings.rules.isThere"));
    onAdd(rule);
    setPicked(TYPED);
    setTyped("");
    return setProblem(undefined);
  };
  return (
    <FormLayout>
      <FormLayout.Group condensed>
        <Select
          label={t("settings.rules.by")}
          options={EXCLUSION_TRAITS.map((value) => ({ value, label: traitName(value) }))}
          value={by}
          onChange={(value) => {
            setBy(EXCLUSION_TRAITS.find((trait) => trait === value) ?? "tag");
            setPicked(TYPED);
            setProblem(undefined);
          }}
        />
        <Select
          label={t("settings.rules.seen")}
          options={[
            {
              value: TYPED,
              label: t(offered.length === 0 ? "settings.rules.noneSeen" : "settings.rules.typed"),
            },
            ...offered.map((each) => ({
              value: each.value,
              label: t("settings.rules.option", {
                value: shownValue(each, t),
                count: each.last90,
                number: format.number(each.last90),
              }),
            })),
          ]}
          value={chosen}
          onChange={(value) => {
            setPicked(value);
            setProblem(undefined);
          }}
        />
      </FormLayout.Group>
      {chosen === TYPED ? (
        <TextField
          label={t("settings.rules.toLeaveOut", { trait: traitName(by) })}
          value={typed}
          onChange={(value) => {
            setTyped(value);
            setProblem(undefined);
          }}
          maxLength={LONGEST_VALUE}
          autoComplete="off"
          helpText={
            isCounted({ by, value: foldRule({ by, value: typed }) }) || typed.trim() === ""
              ? t("settings.rules.anyCase")
              : t("settings.rules.uncounted")
          }
          {...(problem ? { error: problem } : {})}
        />
      ) : null}
      <InlineStack gap="200" blockAlign="center">
        <Button onClick={add}>{t("settings.rules.add")}</Button>
        {chosen === TYPED || !problem ? null : <InlineError message={problem} fieldID="add-rule" />}
      </InlineStack>
    </FormLayout>
  );
}

/** An app's ID with its name where it is known. */
function shownValue({ by, value }: ExclusionRule, t: ReturnType<typeof useTexts>["t"]): string {
  const name = by === "app" ? appName(value) : undefined;
  return name === undefined ? value : t("settings.rules.app", { value, name });
}
