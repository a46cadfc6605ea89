import { Button, InlineStack } from "@shopify/polaris";
import { useState } from "react";

/** Copies a text, and says beside itself whether the browser allowed it. */
export function CopyButton({
  text,
  label,
  copied,
  notCopied,
}: {
  readonly text: string;
  readonly label: string;
  readonly copied: string;
  readonly notCopied: string;
}) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      () => setState("failed"),
    );
  return (
    <InlineStack gap="100" blockAlign="center">
      <Button onClick={() => void copy()}>{label}</Button>
      <span role="status">{state === "idle" ? null : state === "copied" ? copied : notCopied}</span>
    </InlineStack>
  );
}
