"""What this floor's screens are called in the look-up log, in words a citizen understands."""

OPSLAG = {
    "overblik_teamleder": "teamlederens liste over sager",
    "noegletal": "nøgletallene",
}
