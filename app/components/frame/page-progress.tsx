import { useNavigation } from "@remix-run/react";
import {
  Card,
  SkeletonBodyText,
  SkeletonDisplayText,
  SkeletonPage,
  BlockStack,
  InlineGrid,
} from "@shopify/polaris";
import { useEffect, useState, type ReactNode } from "react";

import { useTexts } from "../../texts/use-texts.ts";

/** A page that takes longer than this to come shows its skeleton; below it a flash would only disturb. */
const PATIENCE_MS = 300;

/** Shows a skeleton while another page loads; a refresh of the same page keeps what is there. */
export function PageProgress({ children }: { children: ReactNode }) {
  const { t } = useTexts();
  const navigation = useNavigation();
  const target =
    navigation.state === "loading" && navigation.formData === undefined
      ? navigation.location.pathname
      : undefined;
  const [slow, setSlow] = useState<string>();
  useEffect(() => {
    if (target === undefined || target === window.location.pathname) return setSlow(undefined);
    const timer = setTimeout(() => setSlow(target), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [target]);
  const waiting = slow !== undefined && slow === target;
  return (
    <>
      <div aria-live="polite" className="tandem-hidden">
        {waiting ? t("common.pageLoading") : ""}
      </div>
      {waiting ? <PageSkeleton cards={target === "/app" ? 4 : 1} /> : children}
    </>
  );
}

function PageSkeleton({ cards }: { cards: number }) {
  return (
    <SkeletonPage fullWidth={cards === 1}>
      <InlineGrid columns={{ xs: 1, md: cards > 1 ? 2 : 1 }} gap="400">
        {Array.from({ length: cards }, (_, index) => (
          <Card key={index}>
            <BlockStack gap="400">
              <SkeletonDisplayText size="small" />
              <SkeletonBodyText lines={cards > 1 ? 8 : 12} />
            </BlockStack>
          </Card>
        ))}
      </InlineGrid>
    </SkeletonPage>
  );
}
