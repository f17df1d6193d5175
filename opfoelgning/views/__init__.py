"""Pages of follow-ups, deadlines and the worklist."""
