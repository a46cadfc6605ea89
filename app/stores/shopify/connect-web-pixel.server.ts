import { CREATE_WEB_PIXEL, READ_WEB_PIXEL, UPDATE_WEB_PIXEL } from "./admin-operations.ts";
import type { AnswerOf } from "./answer-kinds.ts";
import type { AdminFailure, AskAdmin } from "./call-admin.server.ts";
import type { WebPixelSettings } from "./storefront-content.ts";
import { sayInEnglish } from "../../texts/texts.ts";
import "../../texts/areas/storefront.ts";

export type PixelOutcome =
  /** `words`: what of it Shopify did not take, null where all is well. */
  | { readonly ok: true; readonly id: string; readonly words: string | null }
  /** For the merchant: what is wrong and what to do. */
  | { readonly ok: false; readonly words: string };

interface Written {
  readonly id?: string;
  readonly code?: string;
  readonly message?: string;
}

/**
 * Makes sure that the store's one web pixel has these settings. Where Shopify's release of the extension is older than the
 * app it refuses settings with a name that it does not know: then they are written without the funnel, so that the Purchase
 * does not wait for a release.
 */
export async function connectWebPixel(
  ask: AskAdmin,
  knownId: string | null,
  settings: WebPixelSettings,
): Promise<PixelOutcome> {
  const written = await writeWebPixel(ask, knownId, settings);
  if (written.id !== undefined) return { ok: true, id: written.id, words: null };
  if (!REFUSED_SETTINGS.has(written.code ?? "")) return { ok: false, words: wordsFor(written) };
  const { funnel: _, ...purchaseAlone } = settings;
  const without = await writeWebPixel(ask, knownId, purchaseAlone);
  if (without.id === undefined) return { ok: false, words: wordsFor(written) };
  return { ok: true, id: without.id, words: sayInEnglish({ key: "storefront.problem.funnelUnknown" }) };
}

/** Shopify's codes for settings that do not fit the extension's declaration. */
const REFUSED_SETTINGS: ReadonlySet<string> = new Set(["INVALID_SETTINGS", "INVALID_SETTINGS_DEFINITION"]);

/** An app can have one pixel per store: TAKEN means that it exists and we have forgotten its ID, NOT_FOUND that it was removed. */
async function writeWebPixel(ask: AskAdmin, knownId: string | null, settings: object): Promise<Written> {
  const webPixel = { settings: JSON.stringify(settings) };
  const update = async (id: string) => {
    const outcome = await ask(UPDATE_WEB_PIXEL, { id, webPixel });
    return outcome.ok ? readWritten(outcome.data.webPixelUpdate) : problemOf(outcome);
  };
  const create = async () => {
    const outcome = await ask(CREATE_WEB_PIXEL, { webPixel });
    return outcome.ok ? readWritten(outcome.data.webPixelCreate) : problemOf(outcome);
  };

  let written = knownId === null ? await create() : await update(knownId);
  if (written.code === "NOT_FOUND") written = await create();
  if (written.code === "TAKEN") {
    const existing = await ask(READ_WEB_PIXEL);
    const id = existing.ok ? existing.data.webPixel?.id : undefined;
    if (id) written = await update(id);
  }
  return written;
}

function problemOf({ problem, message }: AdminFailure): Written {
  return { code: problem, message };
}

function readWritten(payload: AnswerOf<typeof CREATE_WEB_PIXEL>["webPixelCreate"]): Written {
  const id = payload?.webPixel?.id;
  if (id) return { id };
  const problem = payload?.userErrors?.[0];
  return {
    code: problem?.code ?? "UNEXPECTED_ERROR",
    message: (problem?.message ?? "").slice(0, 300),
  };
}

function wordsFor({ code, message }: Written): string {
  switch (code ?? "") {
    case "denied":
      return sayInEnglish({ key: "storefront.problem.pixelDenied" });
    case "no_session":
      return sayInEnglish({ key: "storefront.problem.noSession" });
    case "NO_EXTENSION":
      return sayInEnglish({ key: "storefront.problem.noExtension" });
    case "throttled":
    case "unreachable":
      return sayInEnglish({ key: "storefront.problem.unreachable" });
    default:
      return message
        ? sayInEnglish({ key: "storefront.problem.pixelRefusedBecause", values: { message } })
        : sayInEnglish({ key: "storefront.problem.pixelRefused" });
  }
}
