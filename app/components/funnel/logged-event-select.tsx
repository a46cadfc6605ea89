import { useNavigate } from "@remix-run/react";

import type { EventName } from "../../../extensions/contract/events/registry.ts";
import { funnelLogUrl } from "../../quality/funnel-log-filters.ts";
import { EventSelect } from "../frame/event-select.tsx";

/** Which event the log is of; another one leads to its log. */
export function LoggedEventSelect(choice: {
  readonly event: EventName;
  readonly choices: readonly EventName[];
}) {
  const navigate = useNavigate();
  return <EventSelect {...choice} onChange={(chosen) => navigate(funnelLogUrl(chosen, {}))} />;
}
