/** Reads a JSON script element of the page; throws when it is missing, since the page was made for the program. */
export function pageJson<T>(id: string): T {
  const text = document.getElementById(id)?.textContent;
  if (text === null || text === undefined) throw new Error(`the page has no #${id}`);
  return JSON.parse(text) as T;
}
