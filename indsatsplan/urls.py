"""Addresses of the plan."""

from django.urls import path

from indsatsplan.views import godkendelse, indsats, maal, plan, svar, virksomhed

app_name = "indsatsplan"
urlpatterns = [
    path("sager/<int:pk>/plan/", plan.plan, name="plan"),
    path("sager/<int:pk>/plan/godkend/", godkendelse.godkend, name="plan_godkend"),
    path("sager/<int:pk>/plan/maal/ny/", maal.maal_ny, name="maal_ny"),
    path("sager/<int:pk>/plan/indsats/ny/", indsats.indsats_ny, name="indsats_ny"),
    path(
        "sager/<int:pk>/plan/svar/<int:booking_pk>/indsaet/", svar.svar_indsaet, name="svar_indsaet"
    ),
    path("sager/<int:pk>/plan/svar/<int:svar_pk>/fjern/", svar.svar_fjern, name="svar_fjern"),
    path("maal/<int:pk>/", maal.maal, name="maal"),
    path("indsatser/<int:pk>/", indsats.indsats, name="indsats"),
    path("indsatser/<int:pk>/begynd/", indsats.begynd, name="indsats_begynd"),
    path("indsatser/<int:pk>/slut/", indsats.slut, name="indsats_slut"),
    path("indsatser/<int:pk>/bortfald/", indsats.bortfald, name="indsats_bortfald"),
    path("planer/<int:pk>/", godkendelse.version, name="version"),
    path("planer/<int:pk>/udskrift.pdf", godkendelse.udskrift, name="udskrift"),
    path("virksomheder/", virksomhed.virksomhed_liste, name="virksomheder"),
    path("virksomheder/ny/", virksomhed.virksomhed_ny, name="virksomhed_ny"),
    path("virksomheder/<int:pk>/", virksomhed.virksomhed, name="virksomhed"),
    path("virksomheder/<int:pk>/ret/", virksomhed.virksomhed_ret, name="virksomhed_ret"),
    path(
        "virksomheder/<int:pk>/kontakter/ny/",
        virksomhed.virksomhed_kontakt_ny,
        name="virksomhed_kontakt_ny",
    ),
    path(
        "virksomhedskontakter/<int:pk>/", virksomhed.virksomhed_kontakt, name="virksomhed_kontakt"
    ),
]
