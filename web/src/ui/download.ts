/** A file of the hub onto this machine: it is fetched with the login, which a plain link does not carry. */
import { raw } from "../link/api";

const FETCHED_MS = 60_000;

export async function download(path: string): Promise<void> {
  const response = await raw("GET", path);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = nameIn(response.headers.get("Content-Disposition") ?? "");
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), FETCHED_MS);
}

/** RFC 8187: what follows filename*=UTF-8''. */
export function nameIn(disposition: string): string {
  const name = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return name === undefined ? "" : decodeURIComponent(name);
}
