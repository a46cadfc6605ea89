/** Unix milliseconds. Passed in wherever time matters, so that tests and drills can move it. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
