"""Who gets through to each address of the app."""

ADGANG: dict[str, dict] = {}
