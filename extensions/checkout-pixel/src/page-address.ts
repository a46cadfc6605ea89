/** Path segments after which a checkout, an order or an account follows. */
const PRIVATE = /^(?:checkouts?|orders?|accounts?|customers?|authenticate|invoices|\d+)$/i;
/** What is no page's name: `@`, `+`, `%` and the like may hide a person; else a token, a telephone number, an e-mail. */
const PERSONAL =
  /[^\w.~-]|^(?=.*\d).{16,}$|^(?=.*[a-z][A-Z])\w{16,}$|\d([._~-]{0,3}\d){6}|[._~-]at[._~-].*(\.[a-z]{2,}$|[._~-]dot[._~-])/;

/**
 * The page as Meta and the app may know it: origin and the public part of the path. On a thank-you page the path holds
 * the checkout's token and the query the key that opens the buyer's order. A leading "checkouts" stays: it says where
 * the purchase happened. "" for what is no address. The server copy's page is cut in the same way.
 */
export function pageAddress(href: string): string {
  if (!/^https?:\/\//.test(href)) return "";
  const { origin, pathname } = new URL(href);
  const segments = pathname.split("/").slice(1);
  const end = segments.findIndex(
    (segment) => segment.length > 255 || PRIVATE.test(segment) || PERSONAL.test(segment),
  );
  const isCheckout = end === 0 && /^checkouts?$/i.test(segments[0] ?? "");
  const open = end < 0 ? segments : segments.slice(0, isCheckout ? 1 : end);
  return `${origin}/${open.join("/")}`.slice(0, 2000);
}
