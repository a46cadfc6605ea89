import type { RequestHandler } from "express";

import { isInnerAddress, readAddress } from "./client-address.ts";

/**
 * Notices that callers come through a proxy which TRUSTED_PROXIES does not count: the caller, as far as it is believed,
 * has an address of our own network, and names one of the internet. All of them would share one limit then, and the
 * proxy's address would go to Meta as the buyer's.
 *
 * @param tell called at the first such request, and never again
 */
export function noticeHiddenCallers(tell: () => void): RequestHandler {
  let isTold = false;
  return (request, _response, next) => {
    const forwarded = request.headers["x-forwarded-for"];
    if (!isTold && forwarded !== undefined && isHidden(request.ip, String(forwarded))) {
      isTold = true;
      tell();
    }
    next();
  };
}

function isHidden(believed: string | undefined, forwarded: string): boolean {
  if (!isInnerAddress(readAddress(believed))) return false;
  const [first] = forwarded.split(",", 1);
  const named = readAddress(first);
  return named !== "" && !isInnerAddress(named);
}
