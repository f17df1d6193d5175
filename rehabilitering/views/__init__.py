"""Pages from screening to decision, one module per part of the course."""
