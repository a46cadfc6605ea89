import type { Request, Response } from "express";

/** Value of a cookie of the request, decoded. */
export function readCookie(request: Request, name: string): string | undefined {
  const pair = (request.headers.cookie ?? "").split("; ").find((each) => each.startsWith(`${name}=`));
  return pair === undefined ? undefined : decodeURIComponent(pair.slice(name.length + 1));
}

export function rememberFor(response: Response, days: number, name: string, value: string): void {
  response.cookie(name, value, { maxAge: days * 86_400_000, sameSite: "lax" });
}
