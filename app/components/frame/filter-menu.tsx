import { BlockStack, Box, Button, Popover } from "@shopify/polaris";
import { useState, type ReactNode } from "react";

import { useTexts } from "../../texts/use-texts.ts";
import "../../texts/areas/events.ts";

/** A filter as a button that says what is chosen and opens the choices. These are drawn only while it is open. */
export function FilterMenu({
  name,
  chosen,
  onClear,
  children,
}: {
  name: string;
  /** What is chosen, as the button says it; null for nothing. */
  chosen: string | null;
  onClear: () => void;
  children: ReactNode;
}) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      active={isOpen}
      onClose={() => setOpen(false)}
      activator={
        <button
          type="button"
          className={`tandem-filter${chosen === null ? "" : " tandem-filter-on"}`}
          onClick={() => setOpen(!isOpen)}
        >
          {chosen === null ? name : t("events.filter.chosen", { name, values: chosen })}
        </button>
      }
    >
      <Box padding="400" minWidth="220px">
        <BlockStack gap="300" inlineAlign="start">
          {children}
          <Button variant="plain" disabled={chosen === null} onClick={onClear}>
            {t("events.filter.clear")}
          </Button>
        </BlockStack>
      </Box>
    </Popover>
  );
}
