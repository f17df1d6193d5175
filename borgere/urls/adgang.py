"""Who may see what: openings with a reason, the case circle, conflicts of interest, deputies."""

from django.urls import path

from borgere.views import adgang, inhabilitet, kreds, stedfortraeder

urlpatterns = [
    path("noedadgang/", adgang.noedadgang, name="noedadgang"),
    path("sager/<int:pk>/beskyttet/", adgang.beskyttet, name="beskyttet"),
    path("sager/<int:pk>/kreds/", kreds.kreds, name="kreds"),
    path("sager/<int:pk>/inhabil/", kreds.inhabil, name="inhabil"),
    path("tildelinger/<int:pk>/afslut/", kreds.tildeling_afslut, name="tildeling_afslut"),
    path("inhabilitet/", inhabilitet.inhabilitet, name="inhabilitet"),
    path("inhabilitet/<int:pk>/ophaev/", inhabilitet.inhabilitet_ophaev, name="inhabilitet_ophaev"),
    path("stedfortraedere/", stedfortraeder.stedfortraedere, name="stedfortraedere"),
    path(
        "stedfortraedere/<int:pk>/afslut/",
        stedfortraeder.stedfortraeder_afslut,
        name="stedfortraeder_afslut",
    ),
    path("adgang/", adgang.forklar, name="adgang"),
    path("adgang/matrix/", adgang.matrix, name="adgang_matrix"),
]
