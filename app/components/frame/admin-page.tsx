import { BlockStack, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

import { TitledPage, type TitledPageProps } from "./titled-page.tsx";

/**
 * A page of the app's menu. Its name stands in the admin's title bar already (from the document's title), so here only
 * screen readers hear it; pages below these carry the name of their one thing instead.
 */
export function AdminPage({
  title,
  subtitle,
  actions,
  children,
  ...width
}: Pick<TitledPageProps, "fullWidth" | "narrowWidth"> & {
  title: string;
  subtitle?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <TitledPage title={title} titleHidden {...width}>
      <div className="tandem-page">
        <BlockStack gap="400">
          {subtitle || actions ? (
            <div className="tandem-page-top">
              <Text as="p" tone="subdued">
                {subtitle}
              </Text>
              {actions ? (
                <InlineStack gap="200" blockAlign="center">
                  {actions}
                </InlineStack>
              ) : null}
            </div>
          ) : null}
          {children}
        </BlockStack>
      </div>
    </TitledPage>
  );
}
