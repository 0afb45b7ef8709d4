"""Everything over plain HTTP: logging in, the session and recording API, health, the pages themselves."""
