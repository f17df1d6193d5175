"""What `./start` and `./test` are made of. Standard library only: it runs before any package is installed."""
