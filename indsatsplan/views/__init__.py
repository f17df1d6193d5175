"""Pages of the forløb and its plan."""
