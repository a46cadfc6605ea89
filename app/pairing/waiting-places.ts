/** Places in which requests wait: so many in all, and so many at most for one key. */
export interface WaitingPlaces {
  /** @returns a function that gives the place back, once; undefined where none is free */
  take(key: string): (() => void) | undefined;
}

export function createWaitingPlaces(limits: { readonly all: number; readonly each: number }): WaitingPlaces {
  const taken = new Map<string, number>();
  let all = 0;
  return {
    take: (key) => {
      const own = taken.get(key) ?? 0;
      if (all >= limits.all || own >= limits.each) return undefined;
      taken.set(key, own + 1);
      all += 1;
      let isTaken = true;
      return () => {
        if (!isTaken) return;
        isTaken = false;
        all -= 1;
        const left = (taken.get(key) ?? 1) - 1;
        if (left > 0) taken.set(key, left);
        else taken.delete(key);
      };
    },
  };
}
