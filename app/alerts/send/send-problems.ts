/** Why a message did not arrive; each has a text in `app/texts/en/alerts.json`. */
export const SEND_PROBLEMS = [
  "sealed",
  "badAddress",
  "notPublic",
  "notFound",
  "unreachable",
  "tls",
  "timeout",
  "redirect",
  "gone",
  "status",
  "noMail",
  "login",
  "recipient",
  "mail",
  "superseded",
] as const;
export type SendProblem = (typeof SEND_PROBLEMS)[number];
