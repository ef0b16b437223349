"""HTML from outside: cut down to the house's own schema before it is stored."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text import html, plain

PLAIN = "p h2 h3 ul ol li blockquote strong em s sub sup br hr code pre table thead tbody tr".split()
SCHEMA = {tag: set() for tag in PLAIN} | {
    "a": {"href", "title", "hreflang", "lang", "rel"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}


class Tags(HTMLParser):
    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.found.append(("comment", {}))

    def handle_decl(self, decl):
        self.found.append(("declaration", {}))

    def handle_pi(self, data):
        self.found.append(("instruction", {}))


def is_within_the_schema(page):
    for tag, attributes in Tags(page).found:
        if tag not in SCHEMA or not set(attributes) <= SCHEMA[tag]:
            return False
        href = attributes.get("href")
        if href is not None and not re.match(r"(?:https?:|mailto:|[/?#]|[^:/?#]*(?:[/?#]|$))", href, re.IGNORECASE):
            return False
    return True


@pytest.mark.parametrize(
    "page",
    [
        "<p>One <strong>two</strong> <em>three</em> <s>four</s> <sub>2</sub> <sup>2</sup> <code>x</code><br>five.</p>",
        "<h2>Head</h2><h3>Lower head</h3><hr><blockquote><p>Said.</p></blockquote><pre>a\n b</pre>",
        "<ul><li>One</li><li>Two</li></ul><ol><li><p>One</p></li></ol>",
        '<table><thead><tr><th scope="col" colspan="2">A</th></tr></thead></table>',
        '<table><tbody><tr><td rowspan="2">1</td></tr></tbody></table>',
        '<p><a href="https://news.example/a?b=c&amp;d#e" title="News" hreflang="fr" rel="noopener">News</a></p>',
        '<p><a href="/articles/1/" rel="noopener">Ours</a> <a href="mailto:desk@a.example" rel="noopener">Mail</a></p>',
        "<p>Évian – 洪水 “so” &amp; &lt;so&gt;</p>",
        "",
    ],
)
def test_what_the_editor_can_write_stays(page):
    assert html.sanitise(page) == page


@pytest.mark.parametrize(
    ("page", "clean"),
    [
        ("<h1>Head</h1>", "Head"),
        ("<div><p>One</p></div>", "<p>One</p>"),
        ("<p class='x' id='y' style='z' onclick='w' data-v='u'>One</p>", "<p>One</p>"),
        ("<b>One</b> <i>two</i>", "One two"),
        ("<p>One<p>two", "<p>One</p><p>two</p>"),
        ("<p>One</p><p></p><p> \n&nbsp;<br></p><h2></h2><ul><li></li></ul><p>two</p>", "<p>One</p><ul></ul><p>two</p>"),
        ("<blockquote><p></p></blockquote>", ""),
        ("  <p>One</p> \n", "<p>One</p>"),
        ("<p>On\x00e\u202e t\ud800wo\x0b\ufffe</p>", "<p>One two</p>"),
        ("<p>One<!-- two --></p>", "<p>One</p>"),
        ("<script>alert(1)</script><style>p{}</style><p>One</p><title>x</title>", "<p>One</p>"),
        ("<a href='//evil.example/x'>x</a>", '<a href="//evil.example/x" rel="noopener">x</a>'),
        ("<a href='ftp://a.example'>x</a>", '<a rel="noopener">x</a>'),
        ("<a href='x' target='_blank' rel='opener' download>x</a>", '<a href="x" rel="noopener">x</a>'),
        ("One\n\ntwo", "One\n\ntwo"),
        ("<a><table><a>", '<a rel="noopener"></a><a rel="noopener"></a><table></table>'),
        ("<img src='x.png' alt='A river'>", ""),
        ("<figure><figcaption>One</figcaption></figure>", "One"),
    ],
)
def test_what_the_schema_lacks_goes(page, clean):
    assert html.sanitise(page) == clean


VECTORS = r"""
<script>alert(1)</script>
<SCRIPT SRC=//evil.example/x.js></SCRIPT>
<script/x>alert(1)</script>
<scr<script>ipt>alert(1)</scr</script>ipt>
<script>alert(1)
<<script>alert(1)//<</script>
<img src=x onerror=alert(1)>
<img/src=x/onerror=alert(1)>
<img src="x` `<script>alert(1)</script>"` `>
<img src=x onerror="&#97;lert(1)">
<svg onload=alert(1)>
<svg/onload=alert(1)//
<svg><script>alert(1)</script></svg>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><a xlink:href="javascript:alert(1)"><text x=1 y=9>x</text></a></svg>
<svg><set attributeName=onload to=alert(1)>
<svg><foreignObject><p onclick=alert(1)>x</p></foreignObject></svg>
<svg><style><img src=x onerror=alert(1)></style></svg>
<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<math><mi//xlink:href="data:x,<script>alert(1)</script>">
<math href="javascript:alert(1)">x</math>
<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<template><img src=x onerror=alert(1)></template>
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<object data="javascript:alert(1)"></object>
<object data="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="></object>
<embed src="javascript:alert(1)">
<applet code=x></applet>
<a href="javascript:alert(1)">x</a>
<a href="JaVaScRiPt:alert(1)">x</a>
<a href=" javascript:alert(1)">x</a>
<a href="java&#x09;script:alert(1)">x</a>
<a href="java&#x0A;script:alert(1)">x</a>
<a href="&#x01;javascript:alert(1)">x</a>
<a href="&#106;&#97;vascript:alert(1)">x</a>
<a href="javascript&colon;alert(1)">x</a>
<a href="vbscript:msgbox(1)">x</a>
<a href="data:text/html,<script>alert(1)</script>">x</a>
<a href="blob:https://evil.example/1">x</a>
<a href="file:///etc/passwd">x</a>
<a href="view-source:x">x</a>
<a href="https://a.example" onmouseover=alert(1)>x</a>
<a href="https://a.example/&quot; onclick=&quot;alert(1)">x</a>
<a title="<p><img src=x onerror=alert(1)>" href="/x">x</a>
<a title='"><script>alert(1)</script>'>x</a>
<a href=x id=location name=forms>x</a>
<p style="background:url(javascript:alert(1))">x</p>
<p style="position:fixed;inset:0">x</p>
<p onclick=alert(1) id=x class=y>x</p>
<p/onfocus=alert(1)/autofocus/tabindex=1>x</p>
<p xmlns:x="y" x:onclick=alert(1)>x</p>
<style>@import'//evil.example/x.css';</style>
<style><img src="</style><img src=x onerror=alert(1)>">
<link rel=stylesheet href=//evil.example/x.css>
<meta http-equiv=refresh content="0;url=javascript:alert(1)">
<base href="//evil.example/">
<body onload=alert(1)>
<html onclick=alert(1)>
<head><title></title><script>alert(1)</script>
<form action="javascript:alert(1)"><input type=submit></form>
<button formaction="javascript:alert(1)">x</button>
<input autofocus onfocus=alert(1)>
<select onfocus=alert(1) autofocus></select>
<textarea autofocus onfocus=alert(1)></textarea>
<video><source onerror=alert(1)></video>
<video poster="javascript:alert(1)"></video>
<audio src=x onerror=alert(1)>
<details open ontoggle=alert(1)>x</details>
<marquee onstart=alert(1)>x</marquee>
<table background="javascript:alert(1)"><tr><td>x</td></tr></table>
<td onclick=alert(1)>x</td>
<td colspan="1 onclick=alert(1)">x</td>
<div style="width:expression(alert(1))">x</div>
<xss onafterscriptexecute=alert(1)><script>1</script>
<xmp><img src=x onerror=alert(1)></xmp>
<plaintext><img src=x onerror=alert(1)>
<listing>&lt;img src=x onerror=alert(1)&gt;</listing>
<title><img src=x onerror=alert(1)></title>
<!--><img src=x onerror=alert(1)>-->
<!--[if IE]><script>alert(1)</script><![endif]-->
<![CDATA[<script>alert(1)</script>]]>
<?xml-stylesheet href="javascript:alert(1)"?>
<!DOCTYPE x [<!ENTITY y "z">]>
<p>x</p></div></main></article><script>alert(1)</script>
</p><p onclick=alert(1)>x
<keygen autofocus onfocus=alert(1)>
<portal src="javascript:alert(1)">
<frameset onload=alert(1)><frame src="javascript:alert(1)">
<isindex type=image src=1 onerror=alert(1)>
<picture><img src=x onerror=alert(1)></picture>
<ruby><rt onclick=alert(1)>x</rt></ruby>
<dialog open onclose=alert(1)>x</dialog>
<slot onslotchange=alert(1)></slot>
""".strip().split("\n")


def test_there_are_vectors_enough():
    assert len(set(VECTORS)) == len(VECTORS) >= 60


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize("frame", ["{}", "<p>{}</p>", "<table><tr><td>{}</td></tr></table>", '<a title="{}">x</a>'])
def test_attack_is_disarmed(vector, frame):
    clean = html.sanitise(frame.format(vector))
    assert is_within_the_schema(clean)
    assert is_within_the_schema(re.sub(r' id="p\d+"', "", html.number_paragraphs(clean)))
    assert html.sanitise(clean) == clean


PIECES = st.sampled_from(
    [f"<{tag}>" for tag in sorted(html.TAGS | html.DROPPED_WITH_THEIR_TEXT)]
    + [f"</{tag}>" for tag in sorted(html.TAGS)]
    + ["<a href='/x' title='<p>'>", '<a title="', '">', "<p onclick=x>", "&nbsp;", "&lt;p&gt;", "&amp;", "&#0;", "\x00"]
    + ["<!--", "-->", "<![CDATA[", "]]>", "\u202e", " ", "\n", "<", ">", "'", '"', "=", "one", "é", "🌊"]
)
ANYTHING = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=25).map("".join)


@settings(max_examples=500, deadline=None)
@given(ANYTHING)
def test_clean_html_is_clean_for_good(page):
    clean = html.sanitise(page)
    assert html.sanitise(clean) == clean
    assert is_within_the_schema(clean)
    clean.encode("utf-8")


@settings(max_examples=300, deadline=None)
@given(ANYTHING)
def test_no_empty_block_is_kept(page):
    assert re.findall(r"<(p|h2|h3|li|blockquote)>(?:\s|&nbsp;|<br>)*</\1>", html.sanitise(page)) == []


@settings(max_examples=500, deadline=None)
@given(ANYTHING)
def test_paragraphs_are_numbered_as_they_are_counted(page):
    clean = html.sanitise(page)
    numbered = html.number_paragraphs(clean)
    ids = [attributes["id"] for tag, attributes in Tags(numbered).found if tag == "p"]
    assert ids == [f"p{number}" for number in range(1, len(plain.paragraphs(clean)) + 1)]
    assert re.sub(r' id="p\d+"', "", numbered) == clean


@pytest.mark.parametrize(
    ("page", "numbered"),
    [
        ("", ""),
        ("<p>One</p><h2>Head</h2><p>Two</p>", '<p id="p1">One</p><h2>Head</h2><p id="p2">Two</p>'),
        (
            "<blockquote><p>One</p></blockquote><ul><li><p>Two</p></li></ul><pre>&lt;p&gt;</pre>",
            '<blockquote><p id="p1">One</p></blockquote><ul><li><p id="p2">Two</p></li></ul><pre>&lt;p&gt;</pre>',
        ),
    ],
)
def test_each_paragraph_gets_its_address(page, numbered):
    assert html.number_paragraphs(page) == numbered


def test_header_text_is_freed_of_what_cannot_be_stored():
    assert html.strip_forbidden("One\x00\x1f\u202e\u2066\ud800\ufffe two\n\té") == "One two\n\té"
