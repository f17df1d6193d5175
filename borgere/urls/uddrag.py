"""Archives of a case."""

from django.urls import path

from borgere.views import uddrag

urlpatterns = [
    path("sager/<int:pk>/uddrag/", uddrag.uddrag, name="uddrag"),
    path("uddrag/<int:pk>/", uddrag.uddrag_status, name="uddrag_status"),
    path("uddrag/<int:pk>/fremdrift/", uddrag.uddrag_fremdrift, name="uddrag_fremdrift"),
    path("uddrag/<int:pk>/hent/", uddrag.uddrag_hent, name="uddrag_hent"),
]
