import common from "./en/common.json" with { type: "json" };
import { sayText } from "./texts.ts";

const { label: _label, choose: _choose, ...WORDED } = common.event;

function isWorded(name: string): name is keyof typeof WORDED {
  return Object.hasOwn(WORDED, name);
}

/**
 * An event in a merchant's words, with Meta's name, which Events Manager shows: "Product viewed (ViewContent)". An event
 * that nobody has found words for yet is called by Meta's name alone.
 */
export function eventWords(name: string): { readonly label: string; readonly help?: string } {
  if (!isWorded(name)) return { label: name };
  const words = sayText({ key: `common.event.${name}.words` });
  const help = sayText({ key: `common.event.${name}.help` });
  return {
    label: words === name ? name : sayText({ key: "common.event.label", values: { words, name } }),
    help,
  };
}
