"""Seals on logs and history: what is done behind the triggers is found, and the first row named."""

import logging
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from ressource import segl, tasks
from ressource.models import Haendelse, Opslag, Segl
from ressource.segl import forsegling
from ressource.segl.tabeller import aftryk, fast_skrivemaade, tabeller
from tests.ressource.segldata import (
    HAENDELSE,
    HISTORIK,
    OPSLAG,
    TABELLER,
    bag_om_triggerne,
    ider,
    indsaet_kopi,
    opslag,
    raekker,
)

pytestmark = pytest.mark.django_db


def brud():
    """The sentence of each broken table."""
    return {r.tabel: r.brud for r in segl.efterproev() if r.brud}


def resultat(tabel):
    return next(r for r in segl.efterproev() if r.tabel == tabel)


def test_every_append_only_table_is_sealed():
    with connection.cursor() as markoer:
        markoer.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgname LIKE 'pgtrigger_append_only%' OR tgname LIKE 'pgtrigger_kun_tilfoej%'"
        )
        kun_tilfoej = {raekke[0] for raekke in markoer.fetchall()}

    # The seals themselves are held by the key.
    assert {OPSLAG, HAENDELSE, HISTORIK} < set(tabeller())
    assert set(tabeller()) <= kun_tilfoej
    assert {"ressource_segl", "ressource_seglfrigivelse"} <= kun_tilfoej - set(tabeller())


def test_what_is_sealed_agrees_and_twice_changes_nothing():
    raekker()

    foerste = {h.tabel: h for h in segl.forsegl()}
    anden = {h.tabel: h for h in segl.forsegl()}

    assert foerste[OPSLAG].nye == foerste[HAENDELSE].nye == foerste[HISTORIK].nye == 3
    assert {h.nye for h in anden.values()} == {0}
    assert anden[OPSLAG].kaede == foerste[OPSLAG].kaede
    assert brud() == {}
    assert (resultat(OPSLAG).segl, resultat(OPSLAG).raekker) == (1, 3)


def test_rows_are_sealed_in_batches_chained_to_each_other(monkeypatch):
    monkeypatch.setattr(forsegling, "PARTI", 2)
    opslag(5)

    tasks.forsegl()
    opslag(1)
    tasks.forsegl()

    saet = list(Segl.objects.filter(tabel=OPSLAG))
    assert [s.nr for s in saet] == [1, 2, 3, 4]
    assert [len(s.ider) for s in saet] == [2, 2, 1, 1]
    assert [s.forrige for s in saet] == ["", *(s.kaede for s in saet[:-1])]
    assert brud() == {}


def test_rows_not_yet_sealed_are_counted():
    opslag(2)
    segl.forsegl()
    opslag(4)

    assert resultat(OPSLAG).venter == 4


@pytest.mark.parametrize("tabel", TABELLER)
def test_the_database_refuses_to_change_or_delete_a_row(tabel):
    raekker()
    _, felt = TABELLER[tabel]

    for saetning in (f"UPDATE {tabel} SET {felt} = 'x'", f"DELETE FROM {tabel}"):
        with (
            pytest.raises(ProgrammingError, match="Cannot update or delete"),
            transaction.atomic(),
            connection.cursor() as markoer,
        ):
            markoer.execute(saetning)


@pytest.mark.parametrize("maade", ["ejer", "superbruger"])
@pytest.mark.parametrize("tabel", TABELLER)
class TestBagOmTriggerne:
    """Whoever administers the database changes a row; the verification names it."""

    def test_a_changed_row_is_named(self, tabel, maade):
        raekker()
        segl.forsegl()
        noegle, felt = TABELLER[tabel]
        _, ramt, sidste = ider(tabel)

        with bag_om_triggerne(maade, tabel) as markoer:
            markoer.execute(
                f"UPDATE {tabel} SET {felt} = 'x' WHERE {noegle} IN (%s, %s)", [sidste, ramt]
            )

        [saetning] = brud().items()
        assert saetning[0] == tabel
        assert saetning[1].startswith(f"Række {ramt}, dateret ")
        assert "er ændret (segl nr. 1 fra " in saetning[1]

    def test_a_removed_row_is_named(self, tabel, maade):
        raekker()
        segl.forsegl()
        noegle, _ = TABELLER[tabel]
        ramt = ider(tabel)[2]

        with bag_om_triggerne(maade, tabel) as markoer:
            markoer.execute(f"DELETE FROM {tabel} WHERE {noegle} = %s", [ramt])

        assert brud()[tabel].startswith(f"Række {ramt} er fjernet (segl nr. 1 fra ")

    def test_a_row_put_in_behind_is_named(self, tabel, maade):
        raekker()
        segl.forsegl()
        foerste = ider(tabel)[0]

        with bag_om_triggerne(maade, tabel) as markoer:
            indsaet_kopi(markoer, tabel, fra=foerste, nyt_id=-5)

        assert list(brud()) == [tabel]
        assert brud()[tabel].startswith("Række -5, dateret ")
        assert "er sat ind bagefter" in brud()[tabel]


def test_a_row_swapped_for_another_between_two_seals_is_named():
    opslag(1)
    opslag(1)
    segl.forsegl()
    foerste, _ = ider(OPSLAG)
    opslag(1)
    segl.forsegl()

    with bag_om_triggerne("ejer", OPSLAG) as markoer:
        markoer.execute("DELETE FROM ressource_opslag WHERE id = %s", [foerste])
        indsaet_kopi(markoer, OPSLAG, fra=foerste + 1, nyt_id=foerste - 1)

    assert brud()[OPSLAG].startswith(f"Række {foerste - 1}, dateret ")


def test_who_made_a_change_is_sealed_along():
    """The history row only points to it."""
    import pghistory

    with pghistory.context(user=7):
        raekker()
    segl.forsegl()

    with connection.cursor() as markoer:
        markoer.execute("""UPDATE pghistory_context SET metadata = '{"user": 8}'""")

    assert "er ændret" in brud()[HISTORIK]


@pytest.mark.parametrize(
    "aendring",
    [
        "tidspunkt = tidspunkt - interval '1 day'",
        "kaede = repeat('ø', 64)",
        "forrige = ''",
        "kolonner = ARRAY['id']",
        "kolonner = ARRAY['id', '\" ; drop table x']",
        "ider[1] = ider[1] - 1",
        "ider = ARRAY[NULL::bigint]",
        "fingeraftryk = ARRAY[NULL::bytea]",
        "fingeraftryk = '{}', ider = '{}'",
    ],
)
def test_a_changed_seal_is_named(aendring):
    opslag(2)
    segl.forsegl()
    opslag(2)
    segl.forsegl()

    with bag_om_triggerne("ejer", "ressource_segl") as markoer:
        markoer.execute(
            f"UPDATE ressource_segl SET {aendring} WHERE tabel = %s AND nr = 2", [OPSLAG]
        )

    assert brud()[OPSLAG].startswith("Seglet selv er ændret: segl nr. 2 fra ")


def test_fingerprints_computed_anew_do_not_help_without_the_key():
    opslag(2)
    segl.forsegl()
    ramt = ider(OPSLAG)[0]
    with bag_om_triggerne("ejer", OPSLAG) as markoer:
        markoer.execute("UPDATE ressource_opslag SET objekt = 'x' WHERE id = %s", [ramt])
    with bag_om_triggerne("ejer", "ressource_segl") as markoer:
        markoer.execute(
            "UPDATE ressource_segl SET fingeraftryk[1] ="
            " (SELECT sha256(convert_to(to_jsonb(o)::text, 'UTF8'))"
            "    FROM ressource_opslag o WHERE o.id = ider[1])"
        )

    assert brud()[OPSLAG].startswith("Seglet selv er ændret: segl nr. 1")


def test_another_key_verifies_nothing(settings):
    opslag()
    segl.forsegl()

    settings.RESSOURCE_SEGLNOEGLE = "en anden"

    assert "er nøglen en anden" in brud()[OPSLAG]


def test_a_removed_seal_breaks_the_chain():
    for _ in range(3):
        opslag(1)
        segl.forsegl()

    with bag_om_triggerne("ejer", "ressource_segl") as markoer:
        markoer.execute("DELETE FROM ressource_segl WHERE nr = 2")

    assert brud()[OPSLAG].startswith("Kæden er brudt: segl nr. 2 er fjernet")


def test_the_newest_seals_cut_off_with_their_rows_are_found_by_a_head_kept_outside():
    opslag(1)
    segl.forsegl()
    opslag(1)
    hoved = next(str(h) for h in segl.forsegl() if h.tabel == OPSLAG)
    ramt = ider(OPSLAG)[1]
    with bag_om_triggerne("ejer", "ressource_segl") as markoer:
        markoer.execute("DELETE FROM ressource_segl WHERE nr = 2")
    with bag_om_triggerne("ejer", OPSLAG) as markoer:
        markoer.execute("DELETE FROM ressource_opslag WHERE id = %s", [ramt])

    assert brud() == {}
    [fund] = [r for r in segl.efterproev([hoved]) if r.brud]
    assert (fund.tabel, fund.brud.startswith("Hovedet ")) == (OPSLAG, True)
    [uden_tabel] = [r for r in segl.efterproev([hoved.split(":")[2]]) if r.brud]
    assert (uden_tabel.tabel, "ikke i nogen kæde" in uden_tabel.brud) == ("", True)


def test_a_head_from_earlier_is_still_in_a_chain_that_has_grown():
    opslag(1)
    hoveder = [str(h) for h in segl.forsegl()]
    opslag(1)
    segl.forsegl()

    assert [r for r in segl.efterproev([*hoveder, hoveder[0].split(":")[2]]) if r.brud] == []


def test_a_column_added_later_does_not_break_old_seals():
    opslag(2)
    segl.forsegl()

    with connection.cursor() as markoer:
        markoer.execute("SET CONSTRAINTS ALL IMMEDIATE")
        markoer.execute("ALTER TABLE ressource_opslag ADD COLUMN senere text DEFAULT 'x'")

    assert brud() == {}


def test_a_dropped_column_cannot_be_verified_but_rows_taken_out_still_are():
    opslag(2)
    segl.forsegl()
    with connection.cursor() as markoer:
        markoer.execute("SET CONSTRAINTS ALL IMMEDIATE")
        markoer.execute("ALTER TABLE ressource_opslag DROP COLUMN formaal")

    uden = resultat(OPSLAG)
    with bag_om_triggerne("ejer", OPSLAG) as markoer:
        markoer.execute("DELETE FROM ressource_opslag WHERE id = %s", [ider(OPSLAG)[0]])

    assert (uden.brud, uden.ikke_efterproevet, uden.raekker) == ("", 2, 0)
    assert "er fjernet" in brud()[OPSLAG]


def test_a_table_that_is_no_more_cannot_be_verified():
    opslag(1)
    segl.forsegl()
    with bag_om_triggerne("ejer", "ressource_segl") as markoer:
        markoer.execute("UPDATE ressource_segl SET tabel = 'gammel'")
    gammel = Segl.objects.get()
    from ressource.segl import kaede

    with bag_om_triggerne("ejer", "ressource_segl") as markoer:
        markoer.execute("UPDATE ressource_segl SET kaede = %s", [kaede.for_segl(gammel)])

    assert (resultat("gammel").brud, resultat("gammel").ikke_efterproevet) == ("", 1)


@pytest.mark.parametrize("tabel", TABELLER)
def test_fingerprints_do_not_depend_on_the_session(tabel):
    raekker()
    segl.forsegl()
    saet = Segl.objects.get(tabel=tabel)

    with connection.cursor() as markoer:
        markoer.execute("SET LOCAL TimeZone = 'Asia/Tokyo'")
        fast_skrivemaade(markoer)
        markoer.execute(
            aftryk(tabeller()[tabel], saet.kolonner),
            {"efter": None, "til": saet.ider[-1], "hoejst": 10},
        )
        fundne = [bytes(raekke[1]) for raekke in markoer.fetchall()]

    assert fundne == [bytes(et) for et in saet.fingeraftryk]


def test_seals_themselves_are_append_only():
    opslag(1)
    segl.forsegl()

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Segl.objects.update(nr=2)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        Segl.objects.all().delete()


def test_a_number_is_given_once():
    opslag(1)
    segl.forsegl()
    nr_et = Segl.objects.get()

    nr_et.pk = None
    with pytest.raises(IntegrityError, match="segl_nr_entydigt"), transaction.atomic():
        nr_et.save(force_insert=True)


def test_the_commands_speak_and_the_heads_are_logged(caplog):
    opslag(2)
    ud = StringIO()

    with caplog.at_level(logging.INFO, "ressource.segl"):
        call_command("forsegl", stdout=ud)
    call_command("efterproev", stdout=ud)

    hoved = f"{OPSLAG}:1:{Segl.objects.get(tabel=OPSLAG).kaede}"
    assert ud.getvalue().splitlines() == [
        hoved,
        "2 nye rækker forseglet i 1 tabeller.",
        f"ok    {hoved}",
        "Alt er, som det blev forseglet: 2 rækker efterprøvet.",
    ]
    assert hoved in caplog.text


def test_the_command_names_the_row_and_ends_with_an_error():
    opslag(2)
    segl.forsegl()
    opslag(1)
    ramt = ider(OPSLAG)[1]
    with bag_om_triggerne("ejer", OPSLAG) as markoer:
        markoer.execute("UPDATE ressource_opslag SET objekt = 'x' WHERE id = %s", [ramt])
    ud = StringIO()

    with pytest.raises(CommandError, match="1 brud fundet") as fejl:
        call_command("efterproev", stdout=ud)

    assert fejl.value.returncode == 1
    assert f"BRUD  {OPSLAG}: Række {ramt}, dateret " in ud.getvalue()


def test_nothing_to_seal_is_fine():
    ud = StringIO()

    call_command("forsegl", stdout=ud)
    call_command("efterproev", stdout=ud)

    assert Opslag.objects.count() == Haendelse.objects.count() == 0
    assert "0 rækker efterprøvet" in ud.getvalue()
