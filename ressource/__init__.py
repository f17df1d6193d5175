"""Ground floor of Ressource: what every other app may build on, and nothing that knows a case."""
