"""Each request leaves one line that nobody outside can forge and that holds nothing private."""

import json
import logging
import re
import sys

import pytest

from newsroom.log_lines import JsonLines, TextLines

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(client, caplog):
    """Return a function that makes a request and gives its line in the log."""

    def ask(address, **named):
        caplog.clear()
        with caplog.at_level(logging.INFO, logger="newsroom.request"):
            client.get(address, **named)
        records = [record for record in caplog.records if record.name == "newsroom.request"]
        assert len(records) == 1
        return TextLines().format(records[0])

    return ask


def test_line_says_what_was_asked_and_answered(line):
    shown = re.sub(r"^\S+ ", "", re.sub(r"ms=\d+", "ms=N", line("/admin/login/")))
    assert shown == "INFO newsroom.request request method=GET path=/admin/login/ route=admin:login status=200 ms=N"


def test_line_names_the_user_only_where_the_page_knew_them(line, client, admin_user):
    assert "user=" not in line("/admin/login/")
    client.force_login(admin_user)
    assert line("/admin/").endswith(f" user={admin_user.pk}")


def test_line_keeps_what_readers_look_for_to_them(line):
    shown = line("/no/such/?q=a+name&page=2&token=abc&outlet=herald&email=me@mail.example")
    assert 'path="/no/such/?q=...&page=2&token=...&outlet=herald&email=..."' in shown


@pytest.mark.parametrize("address", ["/preview/s3cret-t0ken/", "/preview/s3cret-t0ken"])
def test_line_holds_no_preview_token(line, address):
    assert "s3cret" not in line(address)


@pytest.mark.parametrize(
    "forged", ["%0A2026-01-01T00:00:00Z%20INFO%20forged", "%0D%0Aforged", "%1B[31mred", "%E2%80%A8x", "%E2%80%AEx"]
)
def test_line_cannot_be_forged_through_the_address(line, forged):
    shown = line(f"/{forged}?page={forged}&{forged}=1")
    assert len(shown.splitlines()) == 1
    assert shown.isprintable()


def test_line_of_a_very_long_address_is_cut(line):
    assert len(line("/" + "x" * 5000)) < 800


def test_id_of_a_proxy_is_kept(client):
    answer = client.get("/no/such/", headers={"X-Request-ID": "edge-7.0123_abc"})
    assert answer["X-Request-ID"] == "edge-7.0123_abc"


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "a b c d e f", "12345678\nforged", "<script>1", "১২৩৪৫৬৭৮৯"])
def test_id_that_is_not_plain_is_replaced(client, given):
    answer = client.get("/no/such/", headers={"X-Request-ID": given})
    assert re.fullmatch(r"[0-9a-f]{16}", answer["X-Request-ID"])


def record(message, **named):
    return logging.LogRecord("desk", logging.ERROR, "file", 1, message, (), **{"exc_info": None} | named)


def test_json_line_holds_the_same_facts():
    made = record("request")
    made.facts = {"path": "/a\n\x1b[0m", "status": 200}
    shown = JsonLines().format(made)
    assert shown.isascii()
    assert len(shown.splitlines()) == 1
    read = json.loads(shown)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", read.pop("at"))
    assert read == {"level": "ERROR", "logger": "desk", "message": "request", "path": "/a\n\x1b[0m", "status": 200}


def test_traceback_cannot_pass_for_a_line_of_the_log():
    try:
        raise ValueError("first\n2026-01-01T00:00:00Z INFO forged\x1b[2J")
    except ValueError:
        made = record("it failed\nagain", exc_info=sys.exc_info())
    first, *rest = TextLines().format(made).split("\n")
    assert first.endswith("ERROR desk it failed\\nagain")
    assert "    2026-01-01T00:00:00Z INFO forged\\x1b[2J" in rest
    assert all(line.startswith("    ") for line in rest)
    assert "forged" in json.loads(JsonLines().format(made))["traceback"]
