import { Text } from "@shopify/polaris";
import type { ReactNode } from "react";

export interface TitledPageProps {
  readonly title: string;
  /** The admin's title bar shows it already: only screen readers hear it. */
  readonly titleHidden?: boolean;
  readonly fullWidth?: boolean;
  readonly narrowWidth?: boolean;
  readonly children: ReactNode;
}

/**
 * A page with Polaris' measures and nothing but a title. Polaris' own `Page` brings its menus, overlays and pagination
 * along, 20 kB of gzip that most pages have no use for (decision 0772).
 */
export function TitledPage({ title, titleHidden, fullWidth, narrowWidth, children }: TitledPageProps) {
  const width = fullWidth ? " Polaris-Page--fullWidth" : narrowWidth ? " Polaris-Page--narrowWidth" : "";
  return (
    <div className={`Polaris-Page${width}`}>
      <div className={titleHidden ? "tandem-hidden" : "tandem-page-title"}>
        <Text as="h1" variant="headingLg" fontWeight="bold">
          {title}
        </Text>
      </div>
      <div>{children}</div>
    </div>
  );
}
