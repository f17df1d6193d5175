"""What this floor's screens are called in the look-up log, in words a citizen understands."""

OPSLAG = {
    "plan": "indsatsplanen",
}
