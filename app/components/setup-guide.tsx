import { BlockStack, Button, Card, Icon, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { CheckCircleIcon } from "@shopify/polaris-icons";
import { useId } from "react";

import type { SetupState, SetupStep } from "../quality/setup-steps.ts";
import { useEmbedStatus } from "./use-embed-status.ts";

interface Words {
  readonly title: string;
  readonly text: string;
  readonly action?: { readonly label: string; readonly url: string; readonly external?: boolean };
}

/** What is left to do, each step checked by the app itself. Gone once everything was seen. */
export function SetupGuide({
  steps,
  embedUrl,
  hasDataset,
}: {
  steps: readonly SetupState[];
  embedUrl: string;
  /** A dataset is connected, whether or not it works. */
  hasDataset: boolean;
}) {
  const embed = useEmbedStatus();
  const progressId = useId();
  const checked = steps.map((each) =>
    each.step === "embed" ? { ...each, done: each.done || embed === "active" } : each,
  );
  const done = checked.filter((each) => each.done).length;
  const next = checked.find((each) => !each.done)?.step;
  if (done === checked.length) return null;
  const words = wordsOf(embedUrl, hasDataset);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Setup guide
          </Text>
          <Text as="p" tone="subdued" id={progressId}>
            {`${done} of ${checked.length} steps done. Tandem checks each by itself.`}
          </Text>
          <ProgressBar
            size="small"
            tone="primary"
            animated={false}
            progress={(100 * done) / checked.length}
            ariaLabelledBy={progressId}
          />
        </BlockStack>
        <ol className="tandem-steps">
          {checked.map(({ step, done: isDone }) => (
            <li key={step} aria-current={step === next ? "step" : undefined}>
              <InlineStack gap="300" wrap={false} blockAlign="start">
                {isDone ? (
                  <span>
                    <Icon source={CheckCircleIcon} tone="success" accessibilityLabel="Done:" />
                  </span>
                ) : (
                  <span className="tandem-to-do" role="img" aria-label="To do:" />
                )}
                <BlockStack gap="200">
                  <Text as="h3" variant="bodyMd" fontWeight={step === next ? "semibold" : "regular"}>
                    {words[step].title}
                  </Text>
                  {step === next ? (
                    <>
                      <Text as="p" tone="subdued">
                        {words[step].text}
                      </Text>
                      {words[step].action ? <StepButton {...words[step].action} /> : null}
                    </>
                  ) : null}
                </BlockStack>
              </InlineStack>
            </li>
          ))}
        </ol>
      </BlockStack>
    </Card>
  );
}

function StepButton({ label, url, external }: NonNullable<Words["action"]>) {
  return (
    <InlineStack>
      <Button variant="primary" url={url} {...(external ? { target: "_top" as const } : {})}>
        {label}
      </Button>
    </InlineStack>
  );
}

function wordsOf(embedUrl: string, hasDataset: boolean): Readonly<Record<SetupStep, Words>> {
  return {
    dataset: hasDataset
      ? {
          title: "Make your dataset work",
          text: "A dataset is connected, but Meta does not take sales for it at present. Its page says why.",
          action: { label: "See your datasets", url: "/app/datasets" },
        }
      : {
          title: "Connect your dataset",
          text: "Paste the dataset’s (Pixel’s) ID and an access token from Meta’s Events Manager. We check them with Meta before anything is saved.",
          action: { label: "Connect dataset", url: "/app/datasets/new" },
        },
    embed: {
      title: "Switch on the storefront embed",
      text: "The embed sets Meta’s browser and click IDs after consent. It is one switch in the theme editor and must be saved there.",
      action: { label: "Open the theme editor", url: embedUrl, external: true },
    },
    pixel: {
      title: "Web pixel connected",
      text: "The web pixel sends the browser’s copy of each purchase. Tandem connects it by itself; if it does not, try it from the settings.",
      action: { label: "Look at the storefront settings", url: "/app/settings#storefront" },
    },
    purchase: {
      title: "First purchase seen",
      text: "Wait for the next order, or send a test purchase to see every step.",
      action: { label: "Send a test purchase", url: "/app/test-events" },
    },
    pair: {
      title: "First pair seen",
      text: "A pair is a purchase in the online store of which both copies reached Meta and were counted as one sale.",
      action: { label: "See the events", url: "/app/events" },
    },
  };
}
