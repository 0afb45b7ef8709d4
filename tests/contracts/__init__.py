"""One suite per promise; every implementation passes it."""
