"""Pure rules: one file a noun, each with its commands, its events, decide and apply."""
