/** How mail is sent; from SMTP_URL and ALERT_FROM. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps); else STARTTLS, without which nothing is sent to another machine. */
  readonly secure: boolean;
  readonly isThisMachine: boolean;
  readonly login: { readonly user: string; readonly pass: string } | null;
  readonly from: string;
}

/** @returns null where the operator has not set up mail: both variables are needed */
export function mailSettings(environment: {
  readonly SMTP_URL?: string | undefined;
  readonly ALERT_FROM?: string | undefined;
}): MailSettings | null {
  const { SMTP_URL, ALERT_FROM } = environment;
  const url = SMTP_URL === undefined ? null : URL.parse(SMTP_URL);
  if (url === null || ALERT_FROM === undefined) return null;
  const secure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return {
    host,
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    isThisMachine: /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(host),
    login:
      url.username === ""
        ? null
        : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    from: ALERT_FROM,
  };
}
