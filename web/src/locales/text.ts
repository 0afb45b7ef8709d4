/** What a dictionary may hold: a text, or its forms by number (Intl.PluralRules; Chinese needs one). */
export type Text = string | { readonly one: string; readonly other: string };

export type Dictionary = Readonly<Record<string, Text>>;
