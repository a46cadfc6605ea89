import { Link, Text } from "@shopify/polaris";
import { Fragment } from "react";

import type { ReachNote } from "../../quality/judge-reach.ts";
import type { OverviewReport } from "../../quality/read-overview.server.ts";
import type { TextKey } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { eventsUrl } from "../frame/events-url.ts";
import { useFormat } from "../frame/use-format.ts";
import { skipReason } from "../../texts/say-reason.ts";

const LEFT_OUT: Readonly<Record<string, TextKey>> = {
  test_order: "overview.leftOut.testOrder",
  source_off: "overview.leftOut.sourceOff",
  excluded_by_rule: "overview.leftOut.excludedByRule",
  no_value: "overview.leftOut.noValue",
  no_time: "overview.leftOut.noTime",
  refused: "overview.leftOut.refused",
  no_consent: "overview.leftOut.noConsent",
  thin_identity: "overview.leftOut.thinIdentity",
  too_old: "overview.leftOut.tooOld",
  paused: "overview.leftOut.paused",
  disconnected: "overview.leftOut.disconnected",
  redacted: "overview.leftOut.redacted",
  uninstalled: "overview.leftOut.uninstalled",
  browser_copy_counted: "overview.leftOut.browserCopyCounted",
  before_dataset: "overview.leftOut.beforeDataset",
};

/** What was not sent and why, each part a way to the orders that it counts, and why that is not as it should be. */
export function ReachDetail({ report }: { report: OverviewReport }) {
  const format = useFormat();
  const { t } = useTexts();
  const { reach, period, dataset } = report;
  const within = { from: period.from, to: period.to, dataset };
  const parts = reach.parts.map(({ reason, count }) => {
    const key = LEFT_OUT[reason] ?? "overview.leftOut.other";
    const text = t(key, { count, number: format.number(count), reason: skipReason(reason).short });
    return {
      text,
      url: reason === "before_dataset" ? null : eventsUrl({ ...within, view: "skipped", reason: [reason] }),
    };
  });
  const moving = [
    ...(reach.open > 0
      ? [
          {
            text: t("overview.reach.open", { number: format.number(reach.open) }),
            url: eventsUrl({ ...within, view: "waiting" }),
          },
        ]
      : []),
    ...(reach.failed > 0
      ? [
          {
            text: t("overview.reach.failed", { number: format.number(reach.failed) }),
            url: eventsUrl({ ...within, status: ["dead"] }),
          },
        ]
      : []),
  ];
  return (
    <>
      {reach.leftOut > 0 ? (
        <Text as="p" tone="subdued" variant="bodySm">
          {t("overview.reach.leftOut", { number: format.number(reach.leftOut) })} <Parts parts={parts} />
        </Text>
      ) : null}
      {moving.length > 0 ? (
        <Text as="p" tone="subdued" variant="bodySm">
          <Parts parts={moving} />
        </Text>
      ) : null}
      {reach.leftOut === 0 && moving.length === 0 ? (
        <Text as="p" tone="subdued" variant="bodySm">
          {t("overview.reach.nothingLeftOut")}
        </Text>
      ) : null}
      {reach.note ? <Note note={reach.note} /> : null}
    </>
  );
}

function Parts({ parts }: { parts: readonly { readonly text: string; readonly url: string | null }[] }) {
  return parts.map(({ text, url }, index) => (
    <Fragment key={text}>
      {index > 0 ? ", " : ""}
      {url === null ? text : <Link url={url}>{text}</Link>}
    </Fragment>
  ));
}

function Note({ note }: { note: ReachNote }) {
  const text = useNote(note);
  return (
    <Text as="p" variant="bodySm">
      {text}
    </Text>
  );
}

function useNote(note: ReachNote): string {
  const format = useFormat();
  const { t } = useTexts();
  switch (note.kind) {
    case "no_dataset":
      return t("overview.reach.noteNoDataset");
    case "failed":
      return t("overview.reach.noteFailed", { count: note.count, number: format.number(note.count) });
    case "lost":
      return t("overview.reach.noteLost", { count: note.count, number: format.number(note.count) });
    case "held":
      return t("overview.reach.noteHeld", { count: note.count, number: format.number(note.count) });
    case "unusual":
      return t("overview.reach.noteUnusual", {
        reason: skipReason(note.reason).short,
        now: format.percent(note.now),
        before: format.percent(note.before),
      });
    case "no_history":
      return t("overview.reach.noteNoHistory");
  }
}
