import { Button, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";

import { useTexts } from "../../texts/use-texts.ts";

const NAMED = /filename="([^"]+)"/;

/** Saves what an address answers as a file. Fetched rather than linked to, because a link carries no session. */
export function SaveFileButton({
  address,
  fileName,
  trouble,
  children,
}: {
  address: string;
  /** Unless the answer names the file itself. */
  fileName: string;
  /** What is said when no whole file came. */
  trouble?: string;
  children: string;
}) {
  const { t } = useTexts();
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const save = async () => {
    setState("busy");
    try {
      const response = await fetch(address);
      if (!response.ok) throw new Error(String(response.status));
      const url = URL.createObjectURL(await response.blob());
      const download = NAMED.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? fileName;
      Object.assign(document.createElement("a"), { href: url, download }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return (
    <InlineStack gap="200" blockAlign="center">
      <Button onClick={() => void save()} loading={state === "busy"}>
        {children}
      </Button>
      <span role="status">
        {state === "failed" ? (
          <Text as="span" tone="critical">
            {trouble ?? t("common.fileFailed")}
          </Text>
        ) : null}
      </span>
    </InlineStack>
  );
}
