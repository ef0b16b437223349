"""Services outside can be down, slow, too long or rude: an error in our own words is all that comes of it."""

import time
import traceback

import pytest

from articles import wire
from tests.listener import Drips, listener

KEY = "sk-a-key-for-tests"


def ask(url, *, seconds=5, most_bytes=1000, key=KEY):
    return wire.post(url, b"{}", kind="application/json", key=key, seconds=seconds, most_bytes=most_bytes)


def refused(url, **limits):
    """Return the NoAnswer; neither it nor what a log would say of it holds the key or the service's words."""
    with pytest.raises(wire.NoAnswer) as caught:
        ask(url, **limits)
    said = "".join(traceback.format_exception(caught.value)) + repr(caught.value.__dict__)
    assert (KEY in said, "rude" in said, caught.value.__context__) == (False, False, None)
    return caught.value


def test_good_answer_comes_with_its_kind_and_the_key_went_out():
    with listener(200, b'{"a": 1}', kind="application/json; charset=utf-8") as service:
        answer = ask(service.url)
    assert (answer.kind, answer.json()) == ("application/json", {"a": 1})
    ((body, headers),) = service.asked
    assert (body, headers["Authorization"], headers["Content-Type"]) == (b"{}", f"Bearer {KEY}", "application/json")


@pytest.mark.parametrize(
    ("status", "headers", "told", "wait", "is_final"),
    [
        (401, {}, "refused the key (401)", None, True),
        (400, {}, "refused what it was asked (400)", None, True),
        (429, {"Retry-After": "7"}, "cannot answer now (429)", 7, False),
        (429, {"Retry-After": "999999999999"}, "cannot answer now (429)", wire.MOST_WAIT, False),
        (503, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, "cannot answer now (503)", None, False),
        (500, {}, "cannot answer now (500)", None, False),
    ],
)
def test_refusal_is_told_in_our_words(status, headers, told, wait, is_final):
    with listener(status, b"rude: " + KEY.encode(), headers=headers) as service:
        error = refused(service.url)
    assert (str(error), error.wait, error.is_final) == (f"127.0.0.1 {told}.", wait, is_final)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_key_does_not_go_along_to_another_address(status):
    with listener(200) as other, listener(status, headers={"Location": other.url}) as service:
        error = refused(service.url)
    assert (str(error), other.asked) == (f"127.0.0.1 leads to another address ({status}); set that one.", [])


@pytest.mark.parametrize("part", ["head", "body"])
def test_answer_that_drips_in_is_given_up_when_the_time_is_over(part):
    started = time.monotonic()
    with listener(200, Drips(part)) as service:
        error = refused(service.url, seconds=1)
    assert (str(error), error.may_have_worked) == ("127.0.0.1 did not answer within 1 seconds.", True)
    assert time.monotonic() - started < 4


def test_answer_that_is_too_long_is_not_read_to_its_end():
    with listener(200, b"rude" * 1000) as service:
        assert str(refused(service.url)) == "127.0.0.1 answered with more than 1000 bytes."


def test_nobody_there():
    error = refused("http://127.0.0.1:9/")
    assert (str(error), error.may_have_worked) == ("127.0.0.1 could not be reached.", False)


def test_what_is_no_http_and_what_breaks_off():
    with listener(200, Drips("rubbish")) as service:
        assert str(refused(service.url)) == "127.0.0.1 did not speak HTTP as it should, or broke off."
    with listener(200, Drips("cut")) as service, pytest.raises(wire.NoAnswer, match="with a JSON object"):
        ask(service.url).json()


def test_key_that_no_header_can_carry_is_not_told():
    with listener(200) as service:
        for key in (f"{KEY}\nX-Other: rude", f"{KEY}\u201c"):
            assert "HTTP as it should" in str(refused(service.url, key=key))
    assert service.asked == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", b"{}"),
        ("application/json", b"[]"),
        ("application/json", b"{"),
        ("application/json", b"\xff"),
        ("application/json", b"[" * 900_000),
        ("application/json", b'{"a": ' + b"9" * 5000 + b"}"),
    ],
)
def test_answer_that_is_no_json_object_is_none(kind, body):
    with pytest.raises(wire.NoAnswer, match="did not answer with a JSON object"):
        wire.Answer(kind, body).json()
