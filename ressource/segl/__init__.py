"""Seals on the logs and the field history, so that a change behind the triggers is found.

The database refuses to change or delete a row of an append-only table. Whoever administers the
database can set that aside, so every hour the new rows are sealed: a fingerprint per row, and the
batches chained with a key that the database does not know.

* `forsegl` seals what is new (`manage.py forsegl`, hourly by Celery).
* `efterproev` compares everything with its seals (`manage.py efterproev`).
* `slet` and `slet_udloebne` are the one lawful way out of an append-only table: they leave a keyed
  protocol of what was deleted under which rule, which `efterproev` accepts. `frigiv` is that
  protocol alone, for whoever deletes the rows in the same transaction.

What the seals cannot show: rows changed before they were sealed, and the newest batches cut off
together with their seals. Against the latter the head of each chain is printed and logged, to be
kept outside the database and given to `manage.py efterproev --hoved`.
"""

from ressource.segl.efterproevning import Resultat, efterproev
from ressource.segl.forsegling import Hoved, forsegl
from ressource.segl.sletning import frigiv, slet, slet_udloebne

__all__ = [
    "Hoved",
    "Resultat",
    "efterproev",
    "forsegl",
    "frigiv",
    "slet",
    "slet_udloebne",
]
