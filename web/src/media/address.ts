/** Where the hub takes media, read from its answers. Pure. */

export type Via = "udp" | "tcp";

/** The first candidate of that transport, as ``UDP 10.0.0.5:8443`` (RFC 8839, section 5.1; RFC 6544, 4.5). */
export function addressIn(sdp: string, via: Via): string | null {
  const found = new RegExp(String.raw`^a=candidate:\S+ \d+ ${via} \d+ (\S+) (\d+) typ `, "im").exec(sdp);
  const [, host, port] = found ?? [];
  if (host === undefined || port === undefined) return null;
  return `${via.toUpperCase()} ${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Both, UDP first; null when an answer names none. */
export function addressesIn(sdp: string): string | null {
  const found = (["udp", "tcp"] as const).flatMap((via) => addressIn(sdp, via) ?? []);
  return found.length === 0 ? null : found.join(" / ");
}
