/** The home of the people who call and are called. */
import type { JSX } from "preact";
export function Desk(): JSX.Element { return <p />; }
