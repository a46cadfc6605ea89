import type { Copies } from "./event-declaration.ts";
import { EVENTS, type EventName } from "./registry.ts";

export type DeclaredEvent = (typeof EVENTS)[number];

/** The declaration of an event by Meta's name; undefined where no such event is declared. */
export function declaredEvent(name: string): DeclaredEvent | undefined {
  return EVENTS.find((event) => event.name === name);
}

/**
 * Which copies of an event a store makes. What the store does not name, or names with a value that its declaration does
 * not offer, has the declaration's default.
 *
 * @param stored the store's column `events`, as the database has it
 */
export function copiesOf(stored: unknown, name: EventName): Copies {
  const event = EVENTS.find((each) => each.name === name);
  if (!event) return "off";
  const chosen: unknown =
    typeof stored === "object" && stored !== null && Object.hasOwn(stored, name)
      ? Reflect.get(stored, name)
      : undefined;
  const choices: readonly Copies[] = event.choices;
  return choices.find((choice) => choice === chosen) ?? event.default;
}
