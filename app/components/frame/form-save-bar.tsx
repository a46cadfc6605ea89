import { SaveBar } from "@shopify/app-bridge-react";

import { useTexts } from "../../texts/use-texts.ts";

/** Shopify's contextual save bar: there while a form holds changes, and in the way of leaving without a word. */
export function FormSaveBar({
  id,
  dirty,
  saving,
  onSave,
  onDiscard,
}: {
  id: string;
  dirty: boolean;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
}) {
  const { t } = useTexts();
  return (
    <SaveBar id={id} open={dirty}>
      {/* App Bridge reads these attributes; React writes them only as text. */}
      <button type="button" {...{ variant: "primary", ...(saving ? { loading: "" } : {}) }} onClick={onSave}>
        {t("common.save")}
      </button>
      <button type="button" onClick={onDiscard} disabled={saving}>
        {t("common.discard")}
      </button>
    </SaveBar>
  );
}
