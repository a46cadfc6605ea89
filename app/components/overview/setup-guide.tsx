import { useSearchParams } from "@remix-run/react";
import { BlockStack, Box, Button, Card, Icon, InlineStack, Link, ProgressBar, Text } from "@shopify/polaris";
import { CheckCircleIcon, ChevronDownIcon, ChevronUpIcon } from "@shopify/polaris-icons";
import { useId, useMemo, useState } from "react";

import type { SetupState, SetupStep } from "../../quality/setup-steps.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { useEmbedStatus } from "../frame/use-embed-status.ts";
import { useLivePage } from "../frame/use-live-page.ts";
import { useToast } from "../frame/use-toast.ts";

/** Where the privacy page tells of it. */
const ROLES_ADDRESS = "/app/privacy#roles";

/** What is left to do, each step checked by the app itself. Gone once everything was seen. */
export function SetupGuide({
  steps,
  embedUrl,
  pixelUrl,
  hasDataset,
}: {
  steps: readonly SetupState[];
  embedUrl: string;
  /** Shopify's page of app pixels. */
  pixelUrl: string;
  /** A dataset is connected, whether or not it works. */
  hasDataset: boolean;
}) {
  const embed = useEmbedStatus();
  useConnectedToast();
  const checked = steps.map((each) =>
    each.step === "embed" ? { ...each, done: each.done || embed === "active" } : each,
  );
  const done = checked.filter((each) => each.done).length;
  const next = checked.find((each) => !each.done)?.step;
  useLivePage(hasDataset && next !== undefined);
  // What the merchant opened holds until a step is done; then the guide goes on to the next.
  const [choice, setChoice] = useState<{ readonly next?: SetupStep; readonly open: SetupStep | undefined }>();
  const open = choice && choice.next === next ? choice.open : next;
  if (next === undefined) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Progress done={done} all={checked.length} />
        <ol className="tandem-steps tandem-setup">
          {checked.map((state) => (
            <Step
              key={state.step}
              state={state}
              isNext={state.step === next}
              isOpen={state.step === open}
              onToggle={() => setChoice({ next, open: state.step === open ? undefined : state.step })}
              words={wordsOf(state, { embedUrl, pixelUrl }, hasDataset)}
            />
          ))}
        </ol>
        <BeforeYouBegin />
      </BlockStack>
    </Card>
  );
}

/** What it costs, and who answers for the buyers' data: said before anything is connected, and to read again elsewhere. */
function BeforeYouBegin() {
  const { t } = useTexts();
  return (
    <BlockStack gap="100">
      <Text as="p" tone="subdued">
        {t("setup.free")}
      </Text>
      <p className="tandem-link-line">
        <Link url={ROLES_ADDRESS}>{t("setup.data")}</Link>
      </p>
    </BlockStack>
  );
}

function Progress({ done, all }: { done: number; all: number }) {
  const { t } = useTexts();
  const id = useId();
  return (
    <BlockStack gap="100">
      <Text as="h2" variant="headingMd">
        {t("setup.title")}
      </Text>
      <div role="status">
        <Text as="p" tone="subdued" id={id}>
          {t("setup.progress", { done, all })}
        </Text>
      </div>
      <ProgressBar
        size="small"
        tone="primary"
        animated={false}
        progress={(100 * done) / all}
        ariaLabelledBy={id}
      />
    </BlockStack>
  );
}

function Step({
  state: { done },
  isNext,
  isOpen,
  onToggle,
  words,
}: {
  state: SetupState;
  isNext: boolean;
  isOpen: boolean;
  onToggle: () => void;
  words: StepWords;
}) {
  const { t } = useTexts();
  const id = useId();
  return (
    <li aria-current={isNext ? "step" : undefined}>
      <h3 className="tandem-step-title">
        <button type="button" aria-expanded={isOpen} aria-controls={id} onClick={onToggle}>
          <span className="tandem-step-mark">
            {done ? (
              <Icon source={CheckCircleIcon} tone="success" accessibilityLabel={t("setup.done")} />
            ) : (
              <span className="tandem-to-do" role="img" aria-label={t("setup.toDo")} />
            )}
          </span>
          <Text as="span" fontWeight={isNext ? "semibold" : "regular"}>
            {t(words.title)}
          </Text>
          <span className="tandem-step-mark">
            <Icon source={isOpen ? ChevronUpIcon : ChevronDownIcon} tone="subdued" />
          </span>
        </button>
      </h3>
      <div id={id} hidden={!isOpen} className="tandem-step-text">
        <BlockStack gap="200">
          <Text as="p" tone="subdued">
            {t(done ? words.doneText : words.text)}
          </Text>
          {done ? null : <StepButton words={words} isPrimary={isNext} />}
        </BlockStack>
        <Box paddingBlockEnd="100" />
      </div>
    </li>
  );
}

function StepButton({ words, isPrimary }: { words: StepWords; isPrimary: boolean }) {
  const { t } = useTexts();
  return (
    <InlineStack>
      <Button
        {...(isPrimary ? { variant: "primary" as const } : {})}
        url={words.url}
        {...(words.isElsewhere ? { target: "_blank" as const } : {})}
      >
        {t(words.action)}
      </Button>
    </InlineStack>
  );
}

interface StepWords {
  readonly title: TextKey;
  readonly text: TextKey;
  readonly action: TextKey;
  readonly url: string;
  /** In a tab of its own: this page stays, and shows the change when the merchant comes back. */
  readonly isElsewhere?: boolean;
  readonly doneText: TextKey;
}

function wordsOf(
  { step, done }: SetupState,
  { embedUrl, pixelUrl }: { embedUrl: string; pixelUrl: string },
  hasDataset: boolean,
): StepWords {
  switch (step) {
    case "dataset": {
      const doneText = "setup.dataset.doneText";
      return hasDataset && !done
        ? {
            title: "setup.datasetBroken.title",
            text: "setup.datasetBroken.text",
            action: "setup.datasetBroken.action",
            url: "/app/datasets",
            doneText,
          }
        : {
            title: "setup.dataset.title",
            text: "setup.dataset.text",
            action: "setup.dataset.action",
            url: "/app/datasets/new",
            doneText,
          };
    }
    case "embed":
      return { ...named("embed"), url: embedUrl, isElsewhere: true };
    case "pixel":
      return { ...named("pixel"), url: "/app/settings#storefront" };
    case "alwaysOn":
      return { ...named("alwaysOn"), url: pixelUrl, isElsewhere: true };
    case "purchase":
      return { ...named("purchase"), url: "/app/test-events" };
    case "pair":
      return { ...named("pair"), url: "/app/events" };
  }
}

function named<Step extends Exclude<SetupStep, "dataset">>(step: Step) {
  return {
    title: `setup.${step}.title`,
    text: `setup.${step}.text`,
    action: `setup.${step}.action`,
    doneText: `setup.${step}.doneText`,
  } as const;
}

/** Said where connecting the first dataset led back to. */
function useConnectedToast(): void {
  const { t } = useTexts();
  const [search] = useSearchParams();
  const connected = search.get("connected");
  const toast = useMemo(() => {
    if (connected === "checked") return { text: t("datasets.connectedChecked") };
    return connected === "unchecked" ? { text: t("datasets.connectedUnchecked") } : undefined;
  }, [connected, t]);
  useToast(toast);
}
