"""Danish, as this application writes it."""
