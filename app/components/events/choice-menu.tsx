import { ChoiceList } from "@shopify/polaris";

import { writeList } from "../../texts/conventions.ts";
import { useTexts } from "../../texts/use-texts.ts";
import { FilterMenu } from "../frame/filter-menu.tsx";
import type { Choice } from "./event-filter-choices.ts";
import "../../texts/areas/events.ts";

/** A filter by choices of one or of several groups. */
export function ChoiceMenu({
  name,
  groups,
  chosen,
  single = false,
  onChange,
}: {
  name: string;
  groups: readonly { readonly title?: string; readonly choices: readonly Choice[] }[];
  chosen: readonly string[];
  single?: boolean;
  onChange: (chosen: readonly string[]) => void;
}) {
  const { t } = useTexts();
  const all = groups.flatMap((group) => group.choices);
  const labels = chosen.map(
    (value) =>
      all.find((each) => each.value === value)?.label ?? (single ? t("events.filter.unknownDataset") : value),
  );
  const said = labels.length > 2 ? t("events.filter.several", { number: labels.length }) : writeList(labels);
  return (
    <FilterMenu name={name} chosen={labels.length === 0 ? null : said} onClear={() => onChange([])}>
      {groups.map(({ title, choices }) => (
        <ChoiceList
          key={title ?? name}
          title={title ?? name}
          titleHidden={title === undefined}
          choices={choices.map((each) => ({ ...each }))}
          selected={chosen.filter((value) => choices.some((each) => each.value === value))}
          onChange={(picked) =>
            onChange([
              ...chosen.filter((value) => !single && !choices.some((each) => each.value === value)),
              ...picked,
            ])
          }
          allowMultiple={!single}
        />
      ))}
    </FilterMenu>
  );
}
