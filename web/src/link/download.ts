/** A file of the hub, saved by the browser under its own name; the token goes along, so no plain link will do. */
import { raw } from "./api";

export async function download(path: string): Promise<void> {
  const response = await raw("GET", path);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = nameIn(response.headers.get("Content-Disposition"));
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** RFC 6266: filename*=UTF-8''… */
export function nameIn(disposition: string | null): string {
  const found = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? "")?.[1];
  return found === undefined ? "" : decodeURIComponent(found);
}
