/** English texts: looking for something in all incidents at once. */
import type { search as zh } from "../zh-CN/search";
import type { Text } from "../text";

export const search: Record<keyof typeof zh, Text> = {
  "search.open": "Search",
  "search.title": "Search all incidents",
  "search.field": "Number, title, text of an item",
  "search.key": "Search all incidents (Ctrl K)",
  "search.hint": "Several words have all to be there; width and case do not matter. You find what your office is shown.",
  "search.looking": "Looking…",
  "search.none": "Nothing was found for “{query}”. Try another word, or fewer.",
  "search.found": { one: "{n} found", other: "{n} found" },
  "search.incomplete": "The hub has just started and is still reading older incidents; try again in a moment.",
  "search.incident": "Incident",
  "search.voided": "Void",
  "search.go": "↑ ↓ to choose, Enter to open",
};
