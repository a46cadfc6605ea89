import { Button, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";

import { writeEventFilters, type EventFilters } from "../quality/event-filters.ts";

/** Saves the events that the filters find as a file. Fetched rather than linked to, because a link carries no session. */
export function ExportButton({ filters }: { filters: EventFilters }) {
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const save = async () => {
    setState("busy");
    try {
      const response = await fetch(`/app/events/csv?${writeEventFilters(filters).toString()}`);
      if (!response.ok) throw new Error(String(response.status));
      const url = URL.createObjectURL(await response.blob());
      const link = document.createElement("a");
      link.href = url;
      link.download =
        /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "events.csv";
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return (
    <InlineStack gap="200" blockAlign="center">
      <span role="status">
        {state === "failed" ? (
          <Text as="span" tone="critical">
            The export was cut off. Try again.
          </Text>
        ) : null}
      </span>
      <Button onClick={() => void save()} loading={state === "busy"}>
        Export CSV
      </Button>
    </InlineStack>
  );
}
