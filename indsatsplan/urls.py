"""Addresses of the plan."""

from django.urls import path

from indsatsplan.views import (
    bevilling,
    delmaal,
    fritagelse,
    gang,
    genforelaeggelse,
    godkendelse,
    indsats,
    indsatsgang,
    indsatspanel,
    linje,
    maal,
    mentor,
    plan,
    praktik,
    svar,
    tilbagemelding,
    version,
    virksomhed,
)

app_name = "indsatsplan"
urlpatterns = [
    # The page, its versions, lines and answers; what mentor and team see
    path("sager/<int:pk>/plan/", plan.plan, name="plan"),
    path("sager/<int:pk>/plan/godkend/", godkendelse.godkend, name="plan_godkend"),
    path("sager/<int:pk>/plan/linjer/planlaeg/", indsats.planlaeg_linjer, name="planlaeg_linjer"),
    path(
        "sager/<int:pk>/plan/svar/<int:booking_pk>/indsaet/", svar.svar_indsaet, name="svar_indsaet"
    ),
    path("sager/<int:pk>/plan/svar/<int:svar_pk>/fjern/", svar.svar_fjern, name="svar_fjern"),
    path("sager/<int:pk>/plan/linjer/<int:linje_pk>/", linje.linje_forklar, name="linje_forklar"),
    path(
        "sager/<int:pk>/plan/linjer/<int:linje_pk>/fortryd/",
        linje.linje_fortryd,
        name="linje_fortryd",
    ),
    path("sager/<int:pk>/mentor/", mentor.mentor, name="mentor"),
    path("indstillinger/tilbagemelding/", tilbagemelding.tilbagemelding, name="tilbagemelding"),
    path("planer/<int:pk>/", version.version, name="version"),
    path("planer/<int:pk>/udskrift.pdf", version.udskrift, name="udskrift"),
    # Goals and milestones
    path("sager/<int:pk>/plan/maal/ny/", maal.maal_ny, name="maal_ny"),
    path("maal/<int:pk>/", maal.maal, name="maal"),
    path("maal/<int:pk>/flyt/", maal.maal_flyt, name="maal_flyt"),
    path("maal/<int:pk>/naaet/", maal.maal_naaet, name="maal_naaet"),
    path("maal/<int:pk>/ud/", maal.maal_ud, name="maal_ud"),
    path("maal/<int:pk>/udgaver/", maal.maal_udgaver, name="maal_udgaver"),
    path("maal/<int:pk>/delmaal/ny/", delmaal.delmaal_ny, name="delmaal_ny"),
    path("delmaal/<int:pk>/", delmaal.delmaal, name="delmaal"),
    path("delmaal/<int:pk>/ud/", delmaal.delmaal_ud, name="delmaal_ud"),
    # Efforts
    path("sager/<int:pk>/plan/indsats/ny/", indsats.indsats_ny, name="indsats_ny"),
    path("indsatser/<int:pk>/", indsats.indsats, name="indsats"),
    path("indsatser/<int:pk>/gem/", indsats.indsats_gem, name="indsats_gem"),
    *(
        path(f"indsatser/<int:pk>/{kode}/", indsatsgang.udfoer, {"kode": kode}, f"indsats_{kode}")
        for kode in indsatspanel.HANDLINGER
    ),
    path("pauser/<int:pk>/", indsatsgang.pause_ret, name="pause_ret"),
    # Steps, hours and absence
    path("indsatser/<int:pk>/trin/", gang.trin_ny, name="trin_ny"),
    path("indsatser/<int:pk>/timer/", gang.timer_ny, name="timer_ny"),
    path("indsatser/<int:pk>/fravaer/", gang.fravaer_ny, name="fravaer_ny"),
    path("trin/<int:pk>/", gang.trin, name="trin"),
    path("trin/<int:pk>/fjern/", gang.trin_fjern, name="trin_fjern"),
    path("trin/<int:pk>/som-planlagt/", gang.trin_som_planlagt, name="trin_som_planlagt"),
    path("timer/<int:pk>/", gang.timer, name="timer"),
    path("timer/<int:pk>/fjern/", gang.timer_fjern, name="timer_fjern"),
    path("fravaer/<int:pk>/", gang.fravaer, name="fravaer"),
    path("fravaer/<int:pk>/fjern/", gang.fravaer_fjern, name="fravaer_fjern"),
    # The guarantee
    path("sager/<int:pk>/plan/fritagelse/ny/", fritagelse.fritagelse_ny, name="fritagelse_ny"),
    path("fritagelser/<int:pk>/", fritagelse.fritagelse, name="fritagelse"),
    path("fritagelser/<int:pk>/fjern/", fritagelse.fritagelse_fjern, name="fritagelse_fjern"),
    path("sager/<int:pk>/plan/genforelaeggelse/", genforelaeggelse.udkast, name="genforelaeggelse"),
    path("genforelaeggelser/<int:pk>/forelaeg/", genforelaeggelse.forelaeg, name="genforelaeg"),
    path(
        "genforelaeggelser/<int:pk>/saerlige-grunde/",
        genforelaeggelse.saerlige_grunde,
        name="saerlige_grunde",
    ),
    path(
        "genforelaeggelser/<int:pk>/udkast.pdf",
        genforelaeggelse.udskrift,
        name="genforelaeggelse_pdf",
    ),
    # Praktik
    path("sager/<int:pk>/plan/praktik/ny/", praktik.praktik_ny, name="praktik_ny"),
    path("indsatser/<int:pk>/praktik/", praktik.praktik, name="praktik"),
    path("indsatser/<int:pk>/praktik/ret/", praktik.praktik_ret, name="praktik_ret"),
    path(
        "indsatser/<int:pk>/praktik/bevillingstekst/",
        bevilling.bevillingstekst,
        name="bevillingstekst",
    ),
    path(
        "indsatser/<int:pk>/praktik/bevillingstekst.pdf",
        bevilling.bevillingstekst_pdf,
        name="bevillingstekst_pdf",
    ),
    # Companies
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
