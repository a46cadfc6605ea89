import { useRouteLoaderData } from "@remix-run/react";
import { useMemo } from "react";

import { createFormat, type StoreFormat, type StoreFormatData } from "./store-format.ts";

/** What the frame (routes/app.tsx) knows of the store that every page shows. */
export type FrameData = StoreFormatData;

const NO_OFFSETS: FrameData["offsets"] = [];

/** The store's way with numbers and times, on every page of the frame. */
export function useFormat(): StoreFormat {
  const frame = useRouteLoaderData("routes/app") as FrameData | undefined;
  const timeZone = frame?.timeZone ?? "UTC";
  const offsets = frame?.offsets ?? NO_OFFSETS;
  const currency = frame?.currency ?? null;
  return useMemo(() => createFormat({ timeZone, offsets, currency }), [timeZone, offsets, currency]);
}
