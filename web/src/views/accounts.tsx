/** Accounts. */
import type { JSX } from "preact";
export function Accounts(): JSX.Element { return <p />; }
