/** How the pages are built: hashed files in dist/, for browsers of the last three years and a little more. */
import { defineConfig } from "vitest/config";

const hub = process.env["HUISHANG_HUB"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  build: {
    // Chromium-derived browsers on UOS and Kylin are several versions old (domain.md 2.9).
    target: ["chrome111", "firefox115"],
    assetsInlineLimit: 0, // the content security policy allows no data: addresses
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  server: {
    proxy: { "/api": hub, "/socket.io": { target: hub, ws: true } },
  },
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    environment: "happy-dom",
    isolate: false, // to set up a page for each file took four fifths of the time; in any order they pass in one
    testTimeout: 30_000, // a property that takes a second took five on a busy machine
  },
});
