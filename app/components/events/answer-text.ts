import type { LastAnswer } from "../../quality/detail-delivery.server.ts";
import { writeList, writeQuoted } from "../../texts/conventions.ts";
import type { Text } from "../../texts/texts.ts";
import { errorClass } from "../../texts/say-reason.ts";
import "../../texts/areas/verdicts.ts";

/** What the last attempt ended with: Meta's words while they are kept, and else the class; with its code and status. */
export function answerText(
  answer: LastAnswer,
  say: (text: Text) => string,
): { readonly text: string; readonly isMetas: boolean } {
  const { message, httpStatus, code } = answer;
  const marks = [
    ...(code === null ? [] : [say({ key: "verdicts.timeline.code", values: { code } })]),
    ...(httpStatus === null
      ? []
      : [say({ key: "verdicts.timeline.http", values: { status: String(httpStatus) } })]),
  ];
  const said = message ? writeQuoted(message) : errorClass(answer.class).short;
  return {
    text: marks.length > 0 ? `${said} (${writeList(marks)})` : said,
    isMetas: Boolean(message) && httpStatus !== null,
  };
}
