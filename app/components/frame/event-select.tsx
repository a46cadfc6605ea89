import { Select } from "@shopify/polaris";

import type { EventName } from "../../../extensions/contract/events/registry.ts";
import { eventWords } from "../../texts/event-words.ts";
import { useTexts } from "../../texts/use-texts.ts";

/** Which event a page is about. */
export function EventSelect({
  event,
  choices,
  onChange,
}: {
  readonly event: EventName;
  readonly choices: readonly EventName[];
  readonly onChange: (event: EventName) => void;
}) {
  const { t } = useTexts();
  return (
    <Select
      label={t("common.event.choose")}
      labelHidden
      options={choices.map((value) => ({ value, label: eventWords(value).label }))}
      value={event}
      onChange={(value) => onChange(choices.find((each) => each === value) ?? event)}
    />
  );
}
