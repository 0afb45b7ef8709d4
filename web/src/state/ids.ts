/** Ids in the hub's form (hub/ids.py): they sort by the time they were made. */

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

export function newId(prefix: string): string {
  const random = crypto.getRandomValues(new Uint8Array(8));
  return `${prefix}-${base32(Date.now(), 9)}${[...random].map((byte) => ALPHABET[byte & 31]).join("")}`;
}

function base32(value: number, digits: number): string {
  let text = "";
  for (let left = value; text.length < digits; left = Math.floor(left / 32)) text = ALPHABET[left % 32] + text;
  return text;
}
