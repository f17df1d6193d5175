"""The cut of the npm packages that the pages use."""

import re

from ressource.opstart import frontend

CSS = (
    '@font-face{font-family:"IBM Plex Sans";src:url(../fonts/x.eot)}'
    "a{background:url(../img/svg-icons/check.svg)}"
    'b{background:url("../img/logo.png")}'
    "/*# sourceMappingURL=dkfds.min.css.map */"
)


def _pakker(rod):
    dist = rod / "dkfds" / "dist"
    skrifter = [f"{frontend._WOFF2}/IBMPlexSans-{snit}.woff2" for snit, *_ in frontend._SNIT]
    for navn in (
        *("img/all-svg-icons.svg", "img/svg-icons/check.svg", "img/svg-icons/ubrugt.svg"),
        *("img/logo.png", f"{frontend._WOFF2}/license.txt", *skrifter),
    ):
        (dist / navn).parent.mkdir(parents=True, exist_ok=True)
        (dist / navn).write_text(navn)
    for navn, tekst in (
        ("dkfds/dist/css/dkfds.min.css", CSS),
        ("dkfds/dist/js/dkfds.min.js", "x()\n//# sourceMappingURL=dkfds.min.js.map"),
        ("dkfds/LICENSE.md", "MIT"),
        ("htmx.org/dist/htmx.min.js", "y()\n//# sourceMappingURL=htmx.min.js.map"),
        ("htmx.org/LICENSE", "0BSD"),
    ):
        (rod / navn).parent.mkdir(parents=True, exist_ok=True)
        (rod / navn).write_text(tekst)
    return rod


def test_udvaelg_takes_what_is_used_and_nothing_else(tmp_path):
    maal = tmp_path / "statik"

    frontend.udvaelg(_pakker(tmp_path / "node_modules"), maal)

    filer = {str(fil.relative_to(maal)) for fil in maal.rglob("*") if fil.is_file()}
    assert {
        *("dkfds/css/dkfds.min.css", "dkfds/js/dkfds.min.js", "dkfds/img/all-svg-icons.svg"),
        *("dkfds/LICENSE.md", "htmx/htmx.min.js", "htmx/LICENSE", "dkfds/img/logo.png"),
    } <= filer
    assert "dkfds/img/svg-icons/check.svg" in filer
    assert "dkfds/img/svg-icons/ubrugt.svg" not in filer
    assert len([navn for navn in filer if navn.endswith(".woff2")]) == 5


def test_everything_the_stylesheet_mentions_is_there(tmp_path):
    maal = tmp_path / "statik"

    frontend.udvaelg(_pakker(tmp_path / "node_modules"), maal)

    css = maal / "dkfds" / "css" / "dkfds.min.css"
    naevnt = re.findall(r'url\("?([^")]+)', css.read_text())
    assert len(naevnt) == 7
    assert all((css.parent / navn).is_file() for navn in naevnt)


def test_nothing_mentions_a_source_map(tmp_path):
    maal = tmp_path / "statik"

    frontend.udvaelg(_pakker(tmp_path / "node_modules"), maal)

    tekster = [fil.read_text() for fil in maal.rglob("*.js")] + [
        fil.read_text() for fil in maal.rglob("*.css")
    ]
    assert not any("sourceMappingURL" in tekst for tekst in tekster)


def test_udvaelg_replaces_the_old_completely(tmp_path):
    maal = tmp_path / "statik"
    maal.mkdir()
    (maal / "gammel.js").write_text("")

    frontend.udvaelg(_pakker(tmp_path / "node_modules"), maal)

    assert not (maal / "gammel.js").exists()
