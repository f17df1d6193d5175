"""What leaves the house."""

from django.urls import path

from borgere.views import forsendelse

urlpatterns = [
    path("sager/<int:pk>/forsendelser/", forsendelse.forsendelser, name="forsendelser"),
    path(
        "forsendelser/<int:pk>/modtaget/",
        forsendelse.forsendelse_modtaget,
        name="forsendelse_modtaget",
    ),
    path("dokumenter/<int:pk>/send/", forsendelse.dokument_send, name="dokument_send"),
]
