/** What a page is about before anything is chosen. Apart from the declarations, which a browser need not load for it. */
export const DEFAULT_EVENT = "Purchase";
