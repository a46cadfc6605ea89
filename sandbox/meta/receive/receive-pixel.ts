import type { SandboxWorld } from "../sandbox-world.ts";
import { parseJson } from "../http/read-body.ts";
import { identityMask } from "./customer-information.ts";

const HASH = /^[0-9a-f]{64}(?:\.[A-Za-z0-9_-]{2,8})?$/;
const IN_BRACKETS = /^(cd|ud)\[([^\]]{1,64})\]$/;

export interface PixelHit {
  fields: Record<string, string>;
  userAgent: string | undefined;
  ip: string | undefined;
  traceId: string;
}

/**
 * One hit on `/tr` (meta.md section 8). Meta documents little of it, so everything is read leniently and the answer is
 * the same image whatever came.
 */
export function receivePixel(world: SandboxWorld, hit: PixelHit): void {
  const { fields } = hit;
  const { id, ev } = fields;
  if (!id || !ev) {
    world.counters.emptyPixelHits++;
    return;
  }
  const dataset = world.dataset(id);
  if (dataset === undefined) {
    world.counters.unknownPixelHits++;
    return;
  }
  const custom: Record<string, unknown> = {};
  const user: Record<string, string> = {};
  let mask = 0;
  const rest: Record<string, string> = {};
  for (const [name, text] of Object.entries(fields)) {
    const [, group, key] = IN_BRACKETS.exec(name) ?? [];
    if (group === "cd" && key !== undefined) Object.defineProperty(custom, key, own(readJson(text)));
    else if (group === "ud" && key !== undefined) {
      // external_id may travel unhashed; anything else that is no hash is a leak, and is neither kept nor shown.
      if (HASH.test(text) || key === "external_id") {
        mask |= identityMask(key);
        Object.defineProperty(user, key, own(text));
      } else dataset.notes.add("unhashed_in_pixel");
    } else Object.defineProperty(rest, name, own(text));
  }
  if (fields.fbp) mask |= identityMask("fbp");
  if (fields.fbc) mask |= identityMask("fbc");
  if (hit.userAgent !== undefined) mask |= identityMask("client_user_agent");
  if (hit.ip !== undefined) mask |= identityMask("client_ip_address");
  const now = world.clock.now();
  const milliseconds = Number(fields.ts);
  const copy = {
    channel: "browser" as const,
    receivedAt: now,
    eventTime: Math.floor((Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : now) / 1000),
    value: numberOf(custom.value),
    currency: typeof custom.currency === "string" ? custom.currency : undefined,
    identityMask: mask,
    limited: (fields.dpo ?? "").includes("LDU"),
    testCode: fields.test_event_code,
    traceId: hit.traceId,
  };
  const payload = { ...rest, user_data: user, custom_data: custom };
  world.takeIn(dataset, { name: ev, id: fields.eid || undefined, copy }, payload, true);
}

/** `defineProperty` keeps a field named `__proto__` a plain field. */
function own(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

function readJson(text: string): unknown {
  return (/^[[{]/.test(text) ? parseJson(text) : undefined) ?? text;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : NaN;
  return Number.isFinite(number) ? number : undefined;
}
