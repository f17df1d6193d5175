"""Documents and the journal."""

from django.urls import path

from borgere.views import dokument, journal

urlpatterns = [
    path("sager/<int:pk>/dokumenter/", dokument.dokumenter, name="dokumenter"),
    path("sager/<int:pk>/dokumenter/nyt/", dokument.dokument_nyt, name="dokument_nyt"),
    path("dokumenter/<int:pk>/", dokument.dokument, name="dokument"),
    path("dokumenter/<int:pk>/ny-udgave/", dokument.dokument_udgave, name="dokument_udgave"),
    path("sager/<int:pk>/journal/", journal.journal, name="journal"),
    path("sager/<int:pk>/journal/udskrift/", journal.journal_udskrift, name="journal_udskrift"),
    path("notater/<int:pk>/ret/", journal.notat_ret, name="notat_ret"),
]
