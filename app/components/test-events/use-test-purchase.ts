import { useFetcher } from "@remix-run/react";
import { useCallback, useEffect, useRef, useState } from "react";

import type { TestPurchaseOutcome, TestRunView } from "../../quality/send-test-purchase.server.ts";

/** A blocked image fails at once; one that hangs longer than this counts as blocked. */
const IMAGE_PATIENCE_MS = 8_000;

/** The steps of a test purchase, one request each, so that each is seen as it happens: prepare, browser, server. */
export function useTestPurchase(lastRun: TestRunView | null) {
  const fetcher = useFetcher<TestPurchaseOutcome>();
  const [shown, setShown] = useState(lastRun);
  const [running, setRunning] = useState(false);
  const handled = useRef<TestPurchaseOutcome>(undefined);
  const { submit } = fetcher;
  const post = useCallback(
    (fields: Readonly<Record<string, string>>) =>
      submit(fields, { method: "post", action: "/app/test-events" }),
    [submit],
  );

  useEffect(() => {
    const outcome = fetcher.data;
    if (!outcome || handled.current === outcome) return;
    handled.current = outcome;
    if (outcome.kind === "problem") return setRunning(false);
    setShown(outcome.run);
    const has = (step: string) => outcome.run.steps.some((each) => each.step === step);
    if (outcome.hitUrl !== null)
      void loadImage(outcome.hitUrl).then((sent) =>
        post({ intent: "browser", run: outcome.run.id, outcome: sent ? "sent" : "blocked" }),
      );
    else if (!has("server")) post({ intent: "server", run: outcome.run.id });
    else setRunning(false);
  }, [fetcher.data, post]);

  return {
    run: shown,
    busy: running,
    problem: fetcher.data?.kind === "problem" ? fetcher.data.text : null,
    start: (dataset: string) => {
      setRunning(true);
      post({ intent: "start", dataset });
    },
  };
}

function loadImage(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const image = new Image();
    const patience = setTimeout(() => resolve(false), IMAGE_PATIENCE_MS);
    const end = (sent: boolean) => () => {
      clearTimeout(patience);
      resolve(sent);
    };
    image.onload = end(true);
    image.onerror = end(false);
    image.src = url;
  });
}
