/** What scripts leave where an ID was meant to be. The app judges finer; a browser only must not prefer it, or keep it. */
const NOTHING = /^(?:undefined|null|nan|none|true|false|\W*|.*[{}<>[\]$%\s].*)$/i;

/** A click ID as Meta makes them, without anything around it. */
export function isClickId(text: string): boolean {
  return /^[\w.~-]{5,900}$/.test(text) && !NOTHING.test(text) && !/^fb\.\d/.test(text);
}

/** Whether the value of `_fbp` or `_fbc` is right as it stands: `fb.<index>.<ms>.<random digits or click ID>`. */
export function isPlainIdentifier(name: string, value: string): boolean {
  const rest = /^fb\.\d{1,2}\.\d{13}\.(.+)$/.exec(value)?.[1] ?? "";
  return name === "_fbp" ? /^\d+(?:\.[\w-]+)?$/.test(rest) : isClickId(rest);
}
