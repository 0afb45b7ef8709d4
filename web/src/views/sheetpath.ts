/** The address of the record sheet of one item; `key` is the part behind /sheet/. */
export function sheetPath(stream: string, itemId: string): string {
  return `/sheet/${encodeURIComponent(`${stream}/${itemId}`)}`;
}

export function sheetOf(key: string): { stream: string; itemId: string } {
  const at = key.lastIndexOf("/");
  return { stream: key.slice(0, at), itemId: key.slice(at + 1) };
}
