import { type Check, fails, HOLDS, NOT_APPLICABLE, notKnown } from "../../check.ts";

/** The channel's catalogue names products by product ID; other forms find no product in it. */
export const contentIds: Check = {
  code: "contentIds",
  area: "money",
  severity: "medium",
  source: "Shopify",
  threshold:
    "product IDs in another form than the Facebook & Instagram channel uses for the catalogue, while the channel's pixel is on the store's pages",
  fromFiles: false,
  mend: { url: "/app/settings#contents", name: "audit.mend.settings" },
  judge: ({ store, storefront }) => {
    if (!store || !storefront) return notKnown("not_in_files");
    const channel = storefront.sightings.find(
      ({ kind, sender, isCredible, isGone }) =>
        kind === "app_pixel" && sender === "channel" && isCredible && !isGone,
    );
    if (!channel) return NOT_APPLICABLE;
    const isSame = store.contentId === "product" || store.contentId === "shopify_catalogue";
    return isSame
      ? HOLDS
      : fails({ severity: "medium", certainty: "likely", values: { form: store.contentId } });
  },
};
