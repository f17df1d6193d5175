"""How many cases one caseworker should have."""

# 20–25 cases to each coordinating caseworker (seed 002; domain.md 1.2 row 16).
NORM = (20, 25)


def i_ord(antal: int) -> str:
    """`inden for normen 20–25`, `over normen 20–25`, `under normen 20–25`."""
    fra, til = NORM
    sted = "under" if antal < fra else "over" if antal > til else "inden for"
    return f"{sted} normen {fra}–{til}"
