"""Whatever readers and outlets send: it is text on the page, never a tag, and the page stays well-formed."""

import re
import uuid

import pytest
from django.utils import timezone

from articles.models import Comment
from articles.text import comment as comment_text
from tests import make
from tests.documents import page

pytestmark = pytest.mark.django_db

HERE = {"Origin": "http://testserver"}
VECTORS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<<script>script>alert(1)<</script>/script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=&#97;lert(1)//",
    '<img """><script>alert(1)</script>">',
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><script>alert&#40;1&#41;</script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "<form action=https://evil.example><input name=q>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>*{display:none}</style>",
    "<p style=position:fixed;inset:0>x</p>",
    "<b id=comments name=forms class=comments>x</b>",
    "<input id=comment-form name=body>",
    "</div></section></main></body></html>",
    "</div></ol></article><article id=comment-1>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
    "{{ 7|add:7 }}{% load static %}{{ settings.SECRET_KEY }}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "' onfocus=alert(1) autofocus='",
    '" onmouseover="alert(1)',
    "`onmouseover=alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<a\x0bhref=javascript:alert(1)>",
    'http://evil.example/"onmouseover=alert(1)',
    "http://evil.example/'><script>alert(1)</script>",
    "http://evil.example/<img src=x>",
    "> <script>alert(1)</script>",
    "x" * 4900,
    "\n" * 2000 + "x",
    "\ufdfa" * 300,
    "\u202eevil\u202c \u2066x\u2069 \u200f",
    "Z\u0351\u0351\u0351\u0351\u0351\u0351\u0351\u0351algo",
    "\u0000\u0001\u001b[31mred",
]
ALLOWED = {"span", "br", "a"}


def fits_in_a_name(text):
    return len(text) <= 60 and "\n" not in text


def check_page(answer):
    """Look at a page that shows hostile text; return it. Reading it fails where it is not well-formed."""
    document = page(answer)
    for node in document.walk():
        assert not [name for name in node.attrs if name.startswith("on") or name in {"style", "srcdoc"}], node
        for name in ("href", "src", "action", "formaction"):
            address = node.get(name) or ""
            assert not re.match(r"\s*(?:javascript|data|vbscript):", address, re.IGNORECASE), node
            if node.tag in {"img", "script", "link", "form", "source"}:
                assert not re.match(r"(?:https?:)?//evil", address, re.IGNORECASE), node
    assert [node for node in document.all("script") if not (node.get("src") or node.get("type"))] == []
    assert not {node.tag for node in document.walk()} & {"iframe", "object", "embed", "base", "style", "frame"}
    assert len(document.all(id="comments")) <= 1
    return document


def check_comment(document, pk):
    shown = document.one("article", id=f"comment-{pk}")
    body, author = shown.one(data_comment_body=None), shown.one(data_comment_author=None)
    assert {node.tag for node in body.walk()} <= ALLOWED
    assert list(author.walk()) == []
    for node in body.walk():
        assert set(node.attrs) <= {"a": {"href", "rel"}, "span": {"role"}}.get(node.tag, set())
        assert node.get("role") in {None, "paragraph", "blockquote"}
        if node.tag == "a":
            assert re.match(r"https?://", node["href"], re.IGNORECASE)
            assert {"ugc", "nofollow"} <= set(node["rel"].split())
    return body, author


def clean(text):
    """Return the text as a page shows it, without white space and what normalising takes away."""
    return re.sub(r"\s|^>", "", comment_text.normalise(text))


def test_hostile_text_in_comments_is_text(client):
    article = make.article()
    address = f"/articles/{article.pk}/comments/"
    for vector in VECTORS:
        words = vector.replace("\x00", "")  # a form with NUL is refused: see the tests of posting
        name = words if fits_in_a_name(words) and clean(words) else "Rosa"
        answer = client.post(address, {"name": name, "body": words, "nonce": uuid.uuid4()}, headers=HERE)
        assert answer.status_code == 303, vector
        comment = Comment.objects.latest("pk")
        if not comment.is_public:  # a link or a shout: let a moderator say yes, so that readers see it
            comment.approve(by=None, at=timezone.now())
        for shows_it in (article.get_absolute_url(), f"{address}?parent={comment.pk}"):
            body, author = check_comment(check_page(client.get(shows_it)), comment.pk)
            if not body.all("a"):  # a link shows the host that it really opens
                assert re.sub(r"\s", "", body.text) == clean(words)
            assert re.sub(r"\s", "", author.text) == re.sub(r"\s", "", comment_text.normalise(name))
    assert Comment.objects.count() == len(VECTORS)


def test_hostile_text_comes_back_as_text_in_a_form_with_an_error(client):
    address = f"/articles/{make.article().pk}/comments/"
    for vector in VECTORS:
        typed = dict.fromkeys(("name", "email", "parent", "nonce", "website", "elapsed"), vector) | {"body": ""}
        answer = client.post(address, typed, headers=HERE)
        assert answer.status_code == 422, vector
        form = check_page(answer).one("form", id="comment-form")
        kept = {node["name"]: node.get("value", "") for node in form.all("input")}
        assert kept == {name: vector for name in typed if name != "body"} | {"tell_me": ""}
        form = check_page(client.post(address, {"body": vector, "name": ""}, headers=HERE)).one(
            "form", id="comment-form"
        )
        assert form.one("textarea", name="body").raw_text == "\n" + vector
    assert Comment.objects.count() == 0


def test_hostile_text_comes_back_as_text_when_a_form_asks_for_one_more_click(client):
    address = f"/articles/{make.article().pk}/comments/"
    for vector in VECTORS:
        main = check_page(client.post(address, {"name": vector, "body": vector})).one("main")
        assert main.one("input", name="name")["value"] == vector
        assert main.one("textarea").raw_text == "\n" + vector


def hostile_article(number, vector):
    """Make records in which every text that an outlet or an editor writes is hostile; return them."""
    short = f"{number} {vector.strip()}".replace("\x00", "")[:100]
    long = vector.replace("\x00", "")[:500]
    author = make.author(short, biography=long)
    image = make.image(alt=short, caption=short, credit=short)
    outlet = make.outlet(short, description=long, country=short[:80], owner=short)
    section = make.section(short[:60], description=short)
    story = make.story(short, summary=short)
    shared = {"outlet": outlet, "section": section, "story": story, "lead_image": image, "authors": [author]}
    paid = {"kind": "sponsored", "sponsor": short} if number % 2 else {}
    article = make.article(
        short, standfirst=long, body=f"<p>Water.</p><p>{vector}</p>", lead_image_alt=short, **shared, **paid
    )
    article.correct(by=None, at=timezone.now(), text=f"Wrong: {long}")
    notice = make.withdrawn(short, outcome="notice", reason=f"Because {short}")
    return [article, author, outlet, section, story, notice]


def test_hostile_text_in_articles_is_text(client):
    """Everything but an article's body, which has rules of its own, is shown as it is written."""
    lists = ["/", "/latest/", "/latest/?page=2", "/latest/?page=3", "/outlets/", "/search/", "/corrections/", "/about/"]
    for number, vector in enumerate(VECTORS):
        for record in hostile_article(number, vector):
            answer = client.get(record.get_absolute_url())
            assert answer.status_code == 200
            headline = check_page(answer).one("h1").text
            assert re.sub(r"\s", "", headline) == re.sub(r"\s", "", str(record)), vector
    for address in lists:
        check_page(client.get(address))


@pytest.mark.parametrize("name", ["Áine", "Nguyễn Thị Hiền", "محمد", "हिन्दी", "สมชาย", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "می‌خواهم"])
def test_honest_text_in_any_script_is_kept_byte_for_byte(client, name):
    article = make.article()
    client.post(f"/articles/{article.pk}/comments/", {"name": name, "body": f"{name}. {name}!"}, headers=HERE)
    body, author = check_comment(check_page(client.get(article.get_absolute_url())), Comment.objects.get().pk)
    assert (author.text, body.text) == (name, f"{name}. {name}!")
