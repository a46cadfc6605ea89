import { isChannelId } from "../alerts/channels/channel.ts";
import {
  addChannel,
  removeChannel,
  renewSecret,
  saveChannel,
  type ChannelSaved,
} from "../alerts/channels/save-channel.server.ts";
import { problemWords } from "../alerts/send/problem-words.ts";
import { MOST_TESTS, testChannel } from "../alerts/send/test-channel.server.ts";
import { asRecord } from "../conversions/read-json.ts";
import { sayText } from "../texts/texts.ts";
import "../texts/areas/alerts.ts";
import type { Tandem } from "./tandem.ts";

/** The version column takes one more than this. */
const LAST_VERSION = 2 ** 31 - 2;

export type ChannelOutcome = ChannelSaved | { readonly kind: "removed" };

/** What the form of a channel asks for. Another store's channel is not found. */
export async function actOnChannel(
  tandem: Tandem,
  which: { readonly storeId: bigint; readonly id: string },
  sent: unknown,
): Promise<ChannelOutcome> {
  const { intent, version: asked, values } = asRecord(sent) ?? {};
  const hasMail = tandem.alertSenders.sendMail !== null;
  const deps = { database: tandem.database, clock: tandem.clock, secretBox: tandem.secretBox, hasMail };
  if (which.id === "new") return addChannel(deps, { storeId: which.storeId, values });
  if (!isChannelId(which.id)) return { kind: "not_found" };
  if (intent === "remove") {
    await removeChannel(deps, which);
    return { kind: "removed" };
  }
  const isVersion =
    typeof asked === "number" && Number.isInteger(asked) && asked >= 0 && asked <= LAST_VERSION;
  const version = isVersion ? asked : 0;
  if (intent === "secret") return renewSecret(deps, { ...which, version });
  return saveChannel(deps, { ...which, version, values });
}

export interface TestAnswer {
  readonly kind: "tested";
  readonly id: string;
  readonly ok: boolean;
  readonly text: string;
}

/** A test message now, and what became of it in words. */
export async function sendTestAlert(tandem: Tandem, storeId: bigint, sent: unknown): Promise<TestAnswer> {
  const given = asRecord(sent)?.["id"];
  const id = typeof given === "string" && isChannelId(given) ? given : "";
  const answer = (ok: boolean, text: string): TestAnswer => ({ kind: "tested", id, ok, text });
  if (id === "") return answer(false, sayText({ key: "alerts.tested.gone" }));
  const { database, clock, metrics, alertSenders } = tandem;
  const tested = await testChannel({ ...alertSenders, database, clock, metrics }, { storeId, id });
  if (tested.kind === "not_found") return answer(false, sayText({ key: "alerts.tested.gone" }));
  if (tested.kind === "too_many")
    return answer(false, sayText({ key: "alerts.tested.tooMany", values: { most: MOST_TESTS } }));
  const { outcome } = tested;
  if (outcome.kind === "failed") {
    const problem = problemWords(outcome.problem, outcome.answer);
    return answer(false, sayText({ key: "alerts.tested.failed", values: { problem } }));
  }
  return outcome.answer === ""
    ? answer(true, sayText({ key: "alerts.tested.sentNoAnswer" }))
    : answer(true, sayText({ key: "alerts.tested.sent", values: { answer: outcome.answer } }));
}
