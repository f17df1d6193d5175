"""Documents and the journal."""

from django.urls import path

from borgere.views import dokument, journal

urlpatterns = [
    path("sager/<int:pk>/dokumenter/", dokument.dokumenter, name="dokumenter"),
    path("dokumenter/<int:pk>/", dokument.dokument, name="dokument"),
    path("sager/<int:pk>/journal/", journal.journal, name="journal"),
]
