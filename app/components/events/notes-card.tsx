import { Card, List, Text, BlockStack } from "@shopify/polaris";

import type { Text as CatalogueText } from "../../texts/texts.ts";
import { useTexts } from "../../texts/use-texts.ts";
import "../../texts/areas/verdicts.ts";

/** How this purchase was made into an event, where that is not as usual. */
export function NotesCard({ notes }: { notes: readonly CatalogueText[] }) {
  const { t, say } = useTexts();
  if (notes.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t("verdicts.notes.title")}
        </Text>
        <List>
          {notes.map((note) => (
            <List.Item key={note.key}>{say(note)}</List.Item>
          ))}
        </List>
      </BlockStack>
    </Card>
  );
}
