"""One film out of the tracks of a recording: many venues in one picture, all sound mixed."""
