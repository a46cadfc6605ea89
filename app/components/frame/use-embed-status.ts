import { useEffect, useState } from "react";

import { asList, asRecord } from "../../conversions/read-json.ts";
import { onReturn } from "./on-return.ts";

/** Active in a theme, available but off, or not known (outside of the admin, or an admin that cannot say). */
export type EmbedStatus = "active" | "available" | "unknown";

/**
 * Asks the admin, through App Bridge, whether the theme embed is on: `app.extensions()`. Asked again whenever the
 * merchant comes back to the page, as from the theme editor.
 */
export function useEmbedStatus(): EmbedStatus {
  const [status, setStatus] = useState<EmbedStatus>("unknown");
  useEffect(() => {
    let left = false;
    const ask = () => {
      // App Bridge may be blocked, or older than `app`.
      window.shopify?.app?.extensions?.().then(
        (answer) => {
          if (!left) setStatus(readStatus(answer));
        },
        () => undefined,
      );
    };
    ask();
    const stop = onReturn(ask);
    return () => {
      left = true;
      stop();
    };
  }, []);
  return status;
}

export function readStatus(answer: unknown): EmbedStatus {
  if (!Array.isArray(answer)) return "unknown";
  const activations = answer
    .map(asRecord)
    .filter((each) => each?.["type"] === "theme_app_extension")
    .flatMap((each) => asList(each?.["activations"]));
  if (activations.length === 0) return "unknown";
  return activations.some((each) => asRecord(each)?.["status"] === "active") ? "active" : "available";
}
