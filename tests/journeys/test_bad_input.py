"""Whatever is sent to a running site gets an answer in the site's look that says what is wrong; none breaks it."""

import threading
import uuid
from urllib.parse import quote

import pytest

from tests.journeys.wire import PARAMETERS, ask, looks_like_the_site, post

ADDRESSES = [
    "/articles/{}/", "/articles/{}/x/", "/articles/{}/comments/", "/articles/{}/comments/own/", "/stories/{}/",
    "/stories/{}/x/", "/comments/{}/", "/sections/{}/", "/outlets/{}/", "/hashtags/{}/", "/authors/{}/",
]  # fmt: skip
NOTHING = [
    "999999",
    "0",
    "9" * 19,
    "9" * 30,
    "9" * 3000,
    "-1",
    "1e3",
    "0x1",
    "1.0",
    "%D9%A1",
    "%20",
    "x y",
    "%F0%9F%8C%8A",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_address_of_nothing_is_not_found(site, address):
    for number in NOTHING:
        status, headers, text = ask(site, "GET", address.format(quote(number, safe="%")))
        if number == "%D9%A1" and "articles" in address and status != 404:
            continue  # a digit of another script is a digit
        assert (status, looks_like_the_site(text)) == (404, True), (address, number)
        assert headers["Cache-Control"] == "private, no-store"


WRONG = [
    "",
    "x",
    "-1",
    "0",
    "9" * 30,
    "1e9",
    "[]",
    "{}",
    "null",
    "%ED%A0%80",
    "%FF%FE",
    "%C0%80",
    "%F0%9F%8C%8A",
    "'",
    '"',
    "%25",
]
WRONG += [
    "../../etc/passwd",
    "2026-13-45",
    "0000-00-00",
    "%0d%0aSet-Cookie:%20a=b",
    "%3Cscript%3E",
    "%2B",
    "1;2",
    "a" * 2000,
]


@pytest.mark.parametrize(
    ("path", "names"),
    [("/search/", PARAMETERS[:10]), ("/latest/", ["page"]), ("/articles/1/comments/", ["sort", *PARAMETERS[10:]])],
)
def test_parameter_that_makes_no_sense_is_ignored(site, path, names):
    for name in names:
        for value in WRONG:
            target = f"{path}?{name}={quote(value, safe='%')}"
            status, headers, text = ask(site, "GET", target)
            wanted = (
                404 if name == "page" and value not in ("", "1") else 200
            )  # of pages there are those that there are
            assert (status, looks_like_the_site(text)) == (wanted, True), target
            assert "Set-Cookie" not in headers
            assert "<script>" not in text


@pytest.mark.parametrize(
    "target", ["/%00", "/latest/%00/", "/outlets/?q=%00", "/outlets/?%00=1", "/articles/1/comments/?after=%00"]
)
def test_nul_in_an_address_is_refused(site, target):
    assert ask(site, "GET", target)[0] == 400


@pytest.mark.parametrize(
    "target", ["/%ED%A0%80/", "/%FF/", "/articles/1/%FF/", "/hashtags/%ED%A0%80/", "/search/%C0%AE/"]
)
def test_address_that_is_no_text_leads_nowhere(site, target):
    status, _, text = ask(site, "GET", target)
    assert (status, looks_like_the_site(text)) == (404, True)


@pytest.mark.parametrize(
    "body",
    [
        b"name=A&body=%00",
        b"name=%00&body=B",
        b"name=A&body=B&parent=%00",
        b"name=A&body=B&nonce=%00",
        b"name=A&body=B&email=%00",
        b"name=A&body=B&website=%00",
        b"name=A&body=B&parent=" + b"9" * 30,
        b"name=A&body=B&parent=" + b"9" * 5000,
        b"name=A&body=B&parent=-1",
        b"name=A&body=B&nonce=1",
        b"name=%ED%A0%80&body=%ED%A0%80&email=x",
        b"name=%FF&body=&email=%FF",
        b"name=&name=&body=",
        b"=&=&=",
        b"&&&&",
        b"%",
        b"\xff\xfe\x00",
        b'{"name": "A", "body": "B"}',
    ],
)
def test_form_that_makes_no_sense_comes_back(site, body):
    status, _, text = post(site, body)
    assert (status, looks_like_the_site(text)) == (422, True)


@pytest.mark.parametrize("escape", ["%ED%A0%80", "%FF", "%C0%80", "%F0%9F%8C%8A", "%E2%80%AE"])
def test_bytes_that_are_no_text_do_not_break_a_comment(site, escape):
    status, headers, _ = post(site, f"name=Rosa+{escape}&body=Words+{escape}+{uuid.uuid4()}".encode())
    assert (status, headers["Location"].startswith("/comments/")) == (303, True)
    assert ask(site, "GET", "/articles/1/comments/")[0] == 200


def test_field_given_many_times_counts_once(site):
    status, headers, _ = post(
        site, b"&".join([b"name=Rosa&body=First&parent="] * 50 + [b"body=Last+%s" % uuid.uuid4().hex.encode()])
    )
    assert (status, headers["Location"].startswith("/comments/")) == (303, True)


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "latin-1", "no-such-charset", '"', "utf-8; charset=utf-7"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_odd_charset_is_refused(site, kind, charset):
    status = post(site, b"name=A&body=B", Content_Type=f"{kind}; charset={charset}")[0]
    assert 400 <= status < 500


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=x",
        "multipart/mixed; boundary=x",
        "multipart/form-data; boundary=" + "x" * 300,
        "text/plain",
        "application/json",
        "",
        "a/b; x*=no-such'en'%41",
        "\xff",
    ],
)
@pytest.mark.parametrize(
    "body", [b"name=A&body=B", b"--x\r\n\r\n--x--", b"--x\r\nContent-Disposition: form-data; name=body\r\n\r\nB"]
)
def test_odd_kind_of_body_is_no_fault_of_the_site(site, kind, body):
    status, _, _ = post(site, body, Content_Type=kind)
    assert 400 <= status < 500


def test_body_of_five_megabytes_is_refused(site):
    status, _, text = post(site, b"name=A&body=" + b"x" * 5_000_000)
    assert (status, looks_like_the_site(text)) in [(400, True), (413, True)]


def test_form_of_five_thousand_fields_is_refused(site):
    status, _, text = post(site, b"&".join(b"f%d=1" % number for number in range(5000)))
    assert (status, looks_like_the_site(text)) in [(400, True), (413, True)]


def test_address_of_five_thousand_parameters_is_refused_or_ignored(site):
    status, _, _ = ask(site, "GET", "/search/?" + "&".join(f"a{n}" for n in range(500)))
    assert status == 200
    status, _, _ = ask(site, "GET", "/search/?" + "&" * 3500)
    assert status in (200, 400)


def test_upload_with_a_comment_is_ignored(site):
    part = b'--x\r\nContent-Disposition: form-data; name="body"; filename="a.html"\r\n\r\n<script>\r\n--x--'
    assert post(site, part, Content_Type="multipart/form-data; boundary=x")[0] in (400, 422)


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "a=" + "x" * 20_000},
        {"X-Long": "x" * 100_000},
        {f"X-{number}": "1" for number in range(500)},
        {"Content-Length": "-1"},
        {"Content-Length": "x"},
        {"Transfer-Encoding": "chunked, chunked"},
        {"Host": "evil.example"},
        {"Host": "a b"},
        {"Host": ""},
    ],
    ids=range(9),
)
def test_request_that_no_honest_program_sends_is_refused(site, headers):
    status, answered, text = ask(site, "GET", "/latest/", **headers)
    assert 400 <= status < 500
    assert "evil.example" not in text + str(answered)


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "sessionid=%00; csrftoken=\xff; messages=x; ;;=; a"},
        {"Accept-Language": "x" * 500 + ", " * 200},
        {"If-Modified-Since": "yesterday", "If-None-Match": '"', "Range": "bytes=-1-2"},
        {"X-Forwarded-For": "1" * 500, "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "javascript"},
        {"X-Request-ID": "a b'\"<", "User-Agent": "<script>\xff", "Referer": "javascript:alert(1)"},
        {"X-HTTP-Method-Override": "DELETE", "X-Original-URL": "/admin/"},
    ],
    ids=range(6),
)
def test_odd_header_changes_nothing(site, headers):
    status, answered, text = ask(site, "GET", "/about/", **headers)
    assert (status, "Set-Cookie" in answered) == (200, False)
    assert text == ask(site, "GET", "/about/")[2]
    assert "evil.example" not in str(answered)


def test_long_address_is_refused(site):
    assert 400 <= ask(site, "GET", "/" + "x" * 20_000)[0] < 500
    assert 400 <= ask(site, "GET", "/search/?q=" + "x" * 20_000)[0] < 500


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW", "get", "P\xd6ST"])
def test_method_that_no_page_knows_is_refused(site, method):
    for target in ("/", "/latest/", "/articles/1/", "/articles/1/comments/", "/comments/1/", "/search/"):
        status, headers, _ = ask(site, method, target, Origin="https://evil.example")
        assert status in (405, 400, 501), (method, target)
        if status == 405:
            assert "GET, HEAD" in headers["Allow"]


def test_same_form_sent_by_eight_at_once_is_one_comment(site):
    body = f"name=Rosa&body=At+once+{uuid.uuid4()}&nonce={uuid.uuid4()}".encode()
    answers = []
    senders = [threading.Thread(target=lambda: answers.append(post(site, body))) for _ in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert [status for status, _, _ in answers] == [303] * 8
    assert len({headers["Location"] for _, headers, _ in answers}) == 1
