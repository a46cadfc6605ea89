/**
 * Options of an LRU cache of so many entries that takes memory for those it has. With `max` the library sets memory aside
 * for all it may ever have, when it is made: twelve caches of 50,000 entries take 13 MB and 60 ms at the start of a process.
 */
export function atMost(entries: number): { readonly maxSize: number; sizeCalculation(): number } {
  return { maxSize: entries, sizeCalculation: () => 1 };
}
