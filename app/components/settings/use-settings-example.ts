import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";

import type { RereadExample, SettingsExample } from "../../stores/settings/read-settings-example.server.ts";
import type { Example } from "./settings-example.tsx";

/** The last order, read again at Shopify once; the page does not wait for it. null = there is no order yet. */
export function useSettingsExample(order: SettingsExample | null): Example | null {
  const { load, data, state } = useFetcher<{ readonly reread: RereadExample | null }>({
    key: "settings-example",
  });
  const orderId = order?.orderId;
  useEffect(() => {
    if (orderId !== undefined) load("/app/settings/example");
  }, [orderId, load]);
  if (!order) return null;
  const reread = data?.reread?.orderId === orderId ? (data?.reread ?? null) : null;
  return { order, reread, isReading: data === undefined || state === "loading" };
}
