/** `ms` as date and time in UTC. */
export const clockText = (ms: number): string => new Date(ms).toISOString().replace("T", " ").slice(0, 19);
export const count = (value: number): string => value.toLocaleString("en");
