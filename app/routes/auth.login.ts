import { redirect } from "@remix-run/node";

/** Where Shopify's library sends somebody who came without a shop: to the page that says how to open the app. */
export function loader() {
  return redirect("/");
}
