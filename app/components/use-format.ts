import { useRouteLoaderData } from "@remix-run/react";
import { useMemo } from "react";

import { createFormat, type StoreFormat } from "./store-format.ts";

/** What the frame (routes/app.tsx) knows of the store that every page shows. */
export interface FrameData {
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string | null;
}

/** The store's way with numbers and times, on every page of the frame. */
export function useFormat(): StoreFormat {
  const frame = useRouteLoaderData("routes/app") as FrameData | undefined;
  const locale = frame?.locale ?? "en";
  const timeZone = frame?.timeZone ?? "UTC";
  const currency = frame?.currency ?? null;
  return useMemo(() => createFormat({ locale, timeZone, currency }), [locale, timeZone, currency]);
}
