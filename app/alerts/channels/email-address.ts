/** RFC 5321, section 4.5.3.1. */
const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL = 64;

/** Letters that an unquoted local part may have (RFC 5322, atext), dots between them. No space, comma, bracket, quote or line end. */
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * One e-mail address, such as a header and an SMTP command can take it: nothing in it can end a line, begin another header or
 * name a second recipient. Names of domains outside ASCII are entered in their `xn--` form.
 *
 * @returns the address without the spaces around it; undefined when it is none
 */
export function readEmailAddress(text: string): string | undefined {
  const address = text.trim();
  if (address.length > LONGEST_ADDRESS) return undefined;
  const at = address.lastIndexOf("@");
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (at < 1 || local.length > LONGEST_LOCAL || !LOCAL.test(local)) return undefined;
  const labels = domain.split(".");
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label))) return undefined;
  // The last one is a name: an address of a machine is no place for mail.
  return /^[a-z]/i.test(labels.at(-1) ?? "") ? address : undefined;
}
