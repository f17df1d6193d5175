"""Pages of citizens and cases."""
