"""Whether a file is what its first bytes say, all through; one module per family of formats.

Each has `kontroller(indhold)`, which raises `ValidationError` with a Danish sentence that says what
is wrong and what to do. What is refused, and why, is told in docs/adr (uploads).
"""
