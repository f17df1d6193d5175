"""A page is stopped when it takes too long; a job or a loader may take its time."""

from django.db import connection


def ophaev() -> None:
    """Let the running transaction's statements take as long as they need.

    Call it inside `transaction.atomic`; the limit of the connection is back when that ends.
    """
    with connection.cursor() as markoer:
        markoer.execute("SET LOCAL statement_timeout = 0")
