"""What people fill in about citizens and cases; one module per subject."""
