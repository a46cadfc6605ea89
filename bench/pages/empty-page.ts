import { AppProvider, Card, Page, Text } from "@shopify/polaris";
import english from "@shopify/polaris/locales/en.json" with { type: "json" };
import { createElement, useEffect, type ReactElement } from "react";

/** What any page made with Polaris costs: its frame, a title, one card with a line of text. */
export function emptyPage(): ReactElement {
  return createElement(
    AppProvider,
    { i18n: english },
    createElement(
      Page,
      { title: "Empty" },
      createElement(Card, null, createElement(Text, { as: "p", children: "Nothing here." })),
    ),
    createElement(Hydrated),
  );
}

function Hydrated() {
  useEffect(() => void performance.mark("tandem-hydrated"), []);
  return null;
}
