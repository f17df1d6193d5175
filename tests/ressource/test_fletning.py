from hypothesis import given
from hypothesis import strategies as st

from ressource.fletning import sammenlign

tekster = st.text(alphabet="ab \n.", max_size=40)


def test_sammenlign_marks_what_only_one_version_has():
    svar = sammenlign("Hun har to til tre anfald.", "Hun har fire anfald.")

    assert [s.tekst for s in svar.mine if s.kun_her] == ["to til tre"]
    assert [s.tekst for s in svar.andens if s.kun_her] == ["fire"]
    assert svar.samlet == "Hun har [to til tre / fire] anfald."


def test_sammenlign_keeps_what_only_one_has_added():
    svar = sammenlign("En. To. Tre.", "En. Tre. Fire.")

    assert svar.samlet == "En. To. Tre. Fire."


@given(mit=tekster, andet=tekster)
def test_sammenlign_loses_no_text(mit, andet):
    svar = sammenlign(mit, andet)

    assert "".join(s.tekst for s in svar.mine) == mit
    assert "".join(s.tekst for s in svar.andens) == andet
    assert set(mit.split()) | set(andet.split()) <= set(
        svar.samlet.replace("[", " ").replace("]", " ").replace(" / ", " ").split()
    )


@given(tekst=tekster)
def test_sammenlign_of_equal_texts_is_the_text(tekst):
    assert sammenlign(tekst, tekst).samlet == tekst
