import { writeSentences } from "../../texts/conventions.ts";
import { sayText } from "../../texts/texts.ts";
import "../../texts/areas/alerts.ts";
import { SEND_PROBLEMS } from "./send-problems.ts";

/** Why a message did not arrive, and what the other side said to it. */
export function problemWords(problem: string | null, answer: string | null): string {
  const known = SEND_PROBLEMS.find((each) => each === problem);
  const words = sayText({ key: known === undefined ? "alerts.problem.unknown" : `alerts.problem.${known}` });
  return writeSentences([words, answer && sayText({ key: "alerts.answered", values: { answer } })]);
}
