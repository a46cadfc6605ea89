import type { Fault, FaultDecision, FaultTarget } from "./fault.ts";

interface Armed {
  fault: Fault;
  struck: number;
  passed: number;
}

/** The faults in force. Draws are made in the order the faults were given; the first that strikes shapes the answer. */
export class FaultBoard {
  readonly #random: () => number;
  #armed: Armed[] = [];

  /** `random` returns [0, 1); pass a seeded one to repeat a run. */
  constructor(random: () => number) {
    this.#random = random;
  }

  set(faults: readonly Fault[]): void {
    this.#armed = [];
    this.add(...faults);
  }

  add(...faults: readonly Fault[]): void {
    for (const fault of faults) this.#armed.push({ fault, struck: 0, passed: 0 });
  }

  clear(): void {
    this.#armed = [];
  }

  /** What is in force, with how often each has struck. */
  list(): { fault: Fault; struck: number }[] {
    return this.#armed.map(({ fault, struck }) => ({ fault, struck }));
  }

  decide(target: FaultTarget): FaultDecision {
    const decision: FaultDecision = { delayMs: 0, fault: undefined, rejectEvents: [] };
    for (const armed of this.#armed) {
      const { fault } = armed;
      // A shaping fault behind another one that struck is not drawn, so that its `times` are not used up unseen.
      const shapes = fault.kind !== "latency" && fault.kind !== "reject_event";
      if ((shapes && decision.fault !== undefined) || !this.#strikes(armed, target)) continue;
      if (fault.kind === "reject_event") {
        const subcode = fault.subcode ?? 2804019;
        decision.rejectEvents.push({ eventId: fault.eventId, subcode, struck: () => armed.struck++ });
        continue;
      }
      armed.struck++;
      if (fault.kind === "latency") decision.delayMs += fault.ms + this.#random() * (fault.jitterMs ?? 0);
      else decision.fault = fault;
    }
    return decision;
  }

  #strikes(armed: Armed, target: FaultTarget): boolean {
    const { fault } = armed;
    const { scope = "events", dataset = target.dataset, from = -Infinity, until = Infinity } = fault;
    if ((scope !== "all" && scope !== target.scope) || dataset !== target.dataset) return false;
    if (target.now < from || target.now >= until) return false;
    if (fault.times !== undefined && armed.struck >= fault.times) return false;
    if (armed.passed < (fault.skip ?? 0)) {
      armed.passed++;
      return false;
    }
    return fault.probability === undefined || this.#random() < fault.probability;
  }
}
