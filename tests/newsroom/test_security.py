"""Every answer carries the policies, and odd requests are refused before anything reads them."""

import base64
import hashlib
import re

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.security import EDITOR_STYLE, POLICY, well_formed
from tests.documents import parse

pytestmark = pytest.mark.django_db


def test_page_that_does_not_exist_carries_the_policies(client):
    headers = client.get("/no/such/page/").headers
    assert {name: headers[name] for name in POLICIES} == POLICIES


POLICIES = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def test_policy_is_the_same_for_every_request(client):
    first, second = (client.get("/no/such/page/") for _ in range(2))
    assert first["Content-Security-Policy"] == second["Content-Security-Policy"] == POLICY


def test_desk_lets_the_editor_s_own_import_map_run_and_nothing_else(client):
    from django_prose_editor.widgets import prose_editor_admin_media

    inline = re.search(r'<script type="importmap"[^>]*>(.*?)</script>', str(prose_editor_admin_media), re.DOTALL)[1]
    known = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    policy = client.get(reverse("admin:login"))["Content-Security-Policy"]
    assert f"script-src 'self' 'sha256-{known}';" in policy
    assert f"style-src 'self' {EDITOR_STYLE};" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy


@pytest.mark.parametrize("address", ["/", "/latest/", "/search/?q=rain", "/no/such/page/"])
def test_page_for_readers_knows_nobody(client, address):
    answer = client.get(address)
    request = answer.wsgi_request
    assert (dict(answer.cookies), "Cookie" in answer.get("Vary", "")) == ({}, False)
    assert (request.session.accessed, hasattr(request, "_cached_user"), "CSRF_COOKIE" in request.META) == (
        False,
        False,
        False,
    )


def test_page_for_readers_has_one_text_for_everybody(client, admin_client):
    assert client.get("/").content == admin_client.get("/").content


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "latin-1", "hz", "rot13", '"', "no-such-charset", "ÿ"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_body_in_an_odd_charset_is_refused(client, charset, kind):
    client.get(reverse("admin:login"))  # leaves the CSRF cookie, without which nobody reads the body
    answer = client.generic("POST", reverse("admin:login"), b"a=b", content_type=f"{kind}; charset={charset}")
    page = parse(answer.content.decode())
    assert (answer.status_code, page.one("h1").text) == (400, "We could not read that request")
    assert "Send text as UTF-8." in page.one("main").text


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", '; charset="UTF-8"'])
def test_body_in_utf_8_is_read(client, charset):
    kind = f"application/x-www-form-urlencoded{charset}"
    assert client.post(reverse("admin:login"), b"username=x", content_type=kind).status_code == 200


@pytest.mark.parametrize("address", ["/a%00b/", "/%00", "/latest/?page=%00", "/today/?q=a%00b", "/latest/?%00=1"])
def test_nul_in_an_address_is_refused(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (400, "private, no-store")
    assert "cannot hold the character NUL" in parse(answer.content.decode()).one("main").text
    assert answer["Content-Security-Policy"]


def test_form_whose_token_does_not_fit_is_refused_in_the_sites_look():
    answer = Client(enforce_csrf_checks=True).post(reverse("admin:login"), {"username": "a"})
    page = parse(answer.content.decode())
    assert (answer.status_code, page.one("h1").text) == (403, "That is not allowed")


@pytest.mark.parametrize("address", ["/%ED%A0%80/", "/%FF/", "/no/such/?q=%ED%A0%80", "/no/such/?%FF=%FE", "/%C0%AE/"])
def test_bytes_that_are_not_text_lead_nowhere(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("kind", ["text/plain; charset*=foo'en'bar%41", "a/b; x*=no-such'en'%41"])
def test_content_type_that_cannot_be_read_is_refused(kind):
    answered = []

    def start_response(status, headers):
        answered.append(status)

    body = well_formed(None)({"CONTENT_TYPE": kind}, start_response)
    assert (answered, body) == (["400 Bad Request"], [b"The header Content-Type cannot be read.\n"])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"--x\r\n\r\n",
        b"--x\r\nContent-Disposition: form-data; name*=foo'en'%41\r\n\r\n1\r\n--x--",
        b"--x\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--x--",
        b'--x\r\nContent-Disposition: form-data; name="\xff"; filename="\xff\x00"\r\n\r\n\xff\r\n--x--',
        b"--x\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+A\r\n--x--",
    ],
)
def test_broken_form_is_no_fault_of_the_site(client, body):
    client.get(reverse("admin:login"))
    answer = client.post(reverse("admin:login"), body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in (200, 400, 403)
