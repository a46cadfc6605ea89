import { CREATE_WEB_PIXEL, READ_WEB_PIXEL, UPDATE_WEB_PIXEL } from "./admin-operations.ts";
import type { AnswerOf } from "./answer-kinds.ts";
import type { AdminFailure, AskAdmin } from "./call-admin.server.ts";
import { sayText } from "../../texts/texts.ts";
import "../../texts/areas/storefront.ts";

export type PixelOutcome =
  | { readonly ok: true; readonly id: string }
  /** For the merchant: what is wrong and what to do. */
  | { readonly ok: false; readonly words: string };

interface Written {
  readonly id?: string;
  readonly code?: string;
  readonly message?: string;
}

/**
 * Makes sure that the store's one web pixel has these settings. An app can have one per store: TAKEN means that it exists
 * and we have forgotten its ID, NOT_FOUND that it was removed.
 */
export async function connectWebPixel(
  ask: AskAdmin,
  knownId: string | null,
  settings: object,
): Promise<PixelOutcome> {
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
  return written.id === undefined ? { ok: false, words: wordsFor(written) } : { ok: true, id: written.id };
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
      return sayText({ key: "storefront.problem.pixelDenied" });
    case "no_session":
      return sayText({ key: "storefront.problem.noSession" });
    case "NO_EXTENSION":
      return sayText({ key: "storefront.problem.noExtension" });
    case "throttled":
    case "unreachable":
      return sayText({ key: "storefront.problem.unreachable" });
    default:
      return message
        ? sayText({ key: "storefront.problem.pixelRefusedBecause", values: { message } })
        : sayText({ key: "storefront.problem.pixelRefused" });
  }
}
