/** The ports a network administrator must open are read from the hub's answer. */
import { expect, it } from "vitest";

import { addressesIn, addressIn } from "../../src/media/address";

const UDP = "a=candidate:1 1 udp 2130706431 10.1.2.3 8443 typ host";
const TCP = "a=candidate:2 1 tcp 1671430143 10.1.2.3 8443 typ host tcptype passive";
const ANSWER = `v=0\r\n${TCP}\r\n${UDP}\r\n`;

it("finds the first candidate of either transport", () => {
  expect(addressIn(ANSWER, "udp")).toBe("UDP 10.1.2.3:8443");
  expect(addressIn(ANSWER, "tcp")).toBe("TCP 10.1.2.3:8443");
  expect(addressIn(UDP, "tcp")).toBeNull();
  expect(addressIn(UDP.replace("10.1.2.3", "fd00::5"), "udp")).toBe("UDP [fd00::5]:8443");
});

it("names both, UDP first, or none", () => {
  expect(addressesIn(ANSWER)).toBe("UDP 10.1.2.3:8443 / TCP 10.1.2.3:8443");
  expect(addressesIn(TCP)).toBe("TCP 10.1.2.3:8443");
  expect(addressesIn("v=0\r\n")).toBeNull();
});
