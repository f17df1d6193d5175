import pytest

pytestmark = [pytest.mark.urls("tests.ressource.proevesider"), pytest.mark.django_db]


def test_policy_allows_only_our_own_files(client, settings):
    politik = client.get("/log-ind/")["Content-Security-Policy"]

    assert politik.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in politik


def test_policy_of_a_sandboxed_document_is_left_untouched(client):
    assert client.get("/dokument/")["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize("sti", ["/findes-ikke/", "/forbudt/", "/ukendt/"])
def test_error_pages_carry_the_policy(som, sti):
    assert "default-src 'none'" in som("mentor").get(sti)["Content-Security-Policy"]
