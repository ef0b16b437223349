"""A reader's text: made clean when it comes in, escaped when it is shown, and otherwise left as it was written."""

import html
import re
import time
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text import comment

# --- what is right stays as it is -------------------------------------------------------------------------------------

INNOCENT = {
    "English": "The café’s “soup” costs 5 £ — naïve, isn’t it?",
    "Vietnamese": "Nước lũ đã dâng cao, người dân phải sơ tán khẩn cấp.",
    "Vietnamese, taken apart": unicodedata.normalize("NFD", "Nước lũ đã dâng cao, người dân phải sơ tán khẩn cấp."),
    "Arabic": "السَّلَامُ عَلَيْكُمْ وَرَحْمَةُ ٱللَّهِ",
    "Koran": "بِسۡمِ ٱللَّهِ ٱلرَّحۡمَـٰنِ ٱلرَّحِيمِ",
    "Hebrew, pointed": "הַשַּׁבָּת מְשֻׁבַּחַת",
    "Hebrew, sung": "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים",
    "Hindi": "क़िला बाढ़ में डूब गया है, हमें मदद चाहिए।",
    "Bengali": "বন্যার্তদের জন্য ত্রাণ চাই।",
    "Tamil": "வெள்ளத்தில் மூழ்கியது",
    "Thai": "น้ำท่วมที่บ้านเรา เปียกหมดทุกอย่างเลยครับ ปีนี้หนักกว่าปีที่แล้ว",
    "Burmese": "ရေကြီးမှုကြောင့် ကျွန်ုပ်တို့ ထွက်ပြေးခဲ့ရသည်။",
    "Khmer": "ទឹកជំនន់បានធ្វើឱ្យផ្ទះខ្ញុំលិច",
    "Tibetan": "ཆུ་ལོག་གིས་ཁང་པ་བསྒྲིབས་སོ། ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ།",
    "Persian with ZWNJ": "نمی\u200cخواهم خانه\u200cها را ببینم",
    "Sinhala with ZWJ": "ශ්\u200dරී ලංකාව",
    "Japanese": "洪水で家が流されました。パパとハハ。",
    "Japanese, taken apart": unicodedata.normalize("NFD", "パパとババ"),
    "Korean": "홍수가 났어요",
    "family": "👨\u200d👩\u200d👧\u200d👦 and 👩🏽\u200d🚒",
    "flags": "🇩🇪🇯🇵 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 🏳️\u200d🌈",
    "keycaps": "1️⃣ 2️⃣ #️⃣",
    "emoji of tomorrow": "\U0001fadf \U0001facf",
    "sums": "a < b && c > d, x² ≠ y, 5 ∉ ℕ̸",
    "phonetics": "[ˈʃtʁaːsə], k͡p, ɔ̃ː",
    "soft hyphens": "Donau\u00addampf\u00adschiff",
}


@pytest.mark.parametrize("text", INNOCENT.values(), ids=INNOCENT)
def test_innocent_text_stays_as_it_was_written(text):
    assert comment.normalise(text) == unicodedata.normalize("NFC", text)
    assert comment.one_line(text) == unicodedata.normalize("NFC", text)
    assert comment.is_visible(text)


# --- what is not ------------------------------------------------------------------------------------------------------

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
CONTROLS = "\x00\x01\x07\x08\x0b\x0c\x0e\x1b\x1f\x7f\x80\x9f\ud800\udc00\udfff\ufeff\ufffe\uffff"


@pytest.mark.parametrize("character", [*BIDI, *CONTROLS], ids=lambda character: f"U+{ord(character):04X}")
def test_what_no_reader_may_send_is_dropped(character):
    assert comment.normalise(f"one{character}two") == "onetwo"


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"], ids=ascii)
def test_every_kind_of_line_break_is_one(break_):
    assert comment.normalise(f"one{break_}two") == "one\ntwo"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("", ""),
        (" \n\n ", ""),
        ("  one  ", "one"),
        ("one  \n  two", "one\n  two"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        ("one\n \t\n \ntwo", "one\n\ntwo"),
        ("e\u0301", "é"),
        ("\u212b", "Å"),
    ],
)
def test_space_is_tidied_and_letters_are_composed(text, normal):
    assert comment.normalise(text) == normal


def test_name_is_one_line():
    assert comment.one_line(" Rosa\r\n\t Lind\u2028\u202e ") == "Rosa Lind"


def marks_of(text):
    return sum(unicodedata.category(character) in ("Mn", "Me") for character in text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a" + "\u0316\u0317\u0318\u0319" * 20, "a\u0316\u0317"),
        ("x" + "".join(map(chr, range(0x300, 0x340))), "x\u0334\u0335"),
        ("x" + "\u0301\u200d\u0302\u200d\u0303\u200d", "x\u0301\u200d\u0302\u200d\u200d"),
        ("ส" + "\u0e47" * 90, "ส\u0e47"),
        ("ก" + "\u0e34\u0e49" * 50, "ก\u0e34\u0e49"),
        ("ب" + "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652", "ب\u064b\u064c\u064d\u064e\u064f\u0650"),
        ("x" + "\u20dd\u20de\u20df\u20e0" * 9, "x\u20dd\u20de\u20df\u20e0"),
    ],
    ids=ascii,
)
def test_tower_of_marks_is_taken_down(text, left):
    assert comment.normalise(text) == left


# --- is there anything to see? ----------------------------------------------------------------------------------------

BLANKS = (
    " \t\n\u00a0\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b\u180e\u200b\u200c\u200d\u2007\u202f\u2060\u2061\u2064\u2065"
    "\u206a\u2800\u3000\u3164\ufe00\ufe0f\ufeff\uffa0\ufff9\U0001d159\U0001d173\U000e0001\U000e0061\U000e0100\u0301\u20e3"
)


@pytest.mark.parametrize("character", BLANKS, ids=lambda character: f"U+{ord(character):04X}")
def test_text_of_nothing_but_blanks_shows_nothing(character):
    assert (comment.is_visible(character * 3), comment.is_visible(f"{character}x")) == (False, True)


def test_empty_text_shows_nothing():
    assert (comment.is_visible(""), comment.is_visible(BLANKS)) == (False, False)


@pytest.mark.parametrize("character", [".", "洪", "🌊", "\U0001fadf", "é", "٣", "क"])
def test_one_character_is_enough_to_see(character):
    assert comment.is_visible(character)


# --- shown as HTML ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("one", "<p>one</p>"),
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("> one\n> two\n\nthree", "<blockquote><p>one<br>two</p></blockquote><p>three</p>"),
        (">> deep", "<blockquote><p>deep</p></blockquote>"),
        ("> one\ntwo", "<p>&gt; one<br>two</p>"),
        ("<b>&amp;\"'</b>", "<p>&lt;b&gt;&amp;amp;&quot;&#x27;&lt;/b&gt;</p>"),
        ("{{ secret }} {% load %}", "<p>{{ secret }} {% load %}</p>"),
        ("{} {0} %s", "<p>{} {0} %s</p>"),
    ],
)
def test_text_is_shown_as_paragraphs_and_quotations(text, shown):
    assert comment.render(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("one\ntwo", '<span role="paragraph">_one<br>_two</span>'),
        (
            "> one\n\ntwo",
            '<span role="blockquote"><span role="paragraph">_one<br></span></span><span role="paragraph">_two</span>',
        ),
        ("<p>\"'&", '<span role="paragraph">_&lt;p&gt;&quot;&#x27;&amp;</span>'),
        (
            "or https://a.example",
            '<span role="paragraph">_or <a href="https://a.example" rel="ugc nofollow noopener">_a.example</a></span>',
        ),
    ],
)
def test_text_set_apart_has_no_paragraph_that_counts_for_an_article(text, shown):
    apart = comment.set_apart(comment.render(text))
    assert apart == shown.replace("_", "<!--comment-->")


def link(href, shown):
    return f'<p><a href="{href}" rel="ugc nofollow noopener">{shown}</a></p>'


LONG = "https://news.example/" + "a" * 60


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://news.example", link("https://news.example", "news.example")),
        ("https://news.example/", link("https://news.example/", "news.example")),
        ("HTTP://News.Example/Flood", link("http://news.example/Flood", "news.example/Flood")),
        (
            "http://news.example:8080/a?b=c&d#e",
            link("http://news.example:8080/a?b=c&amp;d#e", "news.example:8080/a?b=c&amp;d"),
        ),
        ("http://news.example?q=1", link("http://news.example?q=1", "news.example?q=1")),
        (LONG, link(LONG, "news.example/" + "a" * 46 + "…")),
        ("http://bücher.example/ö", link("http://xn--bcher-kva.example/ö", "xn--bcher-kva.example/ö")),
        ("http://аррӏе.com", link("http://xn--80ak6aa92e.com", "xn--80ak6aa92e.com")),
        ("http://news。example", link("http://news.example", "news.example")),
        ("http://faß.example", link("http://fass.example", "fass.example")),
        ("http://GOOGLE.com.", link("http://google.com", "google.com")[:-4] + ".</p>"),
    ],
)
def test_link_shows_the_host_that_opens(text, shown):
    assert comment.render(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "https://bank.example@evil.example/",
        "https://bank.example:443@evil.example/",
        "https://user:password@evil.example",
        "http://bank.example\\@evil.example",
        "http:\\\\evil.example",
        "http:evil.example",
        "http:///evil.example",
        "//evil.example",
        "http://localhost/",
        "http://2130706433/",
        "http://127.0.0.1/",
        "http://0x7f.0.0.1/",
        "http://0x7f.1",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[broken",
        "http://bank.example%2eevil.example/",
        "http://bank.example℀evil.example",
        "http://news.example:99999/",
        "http://news.example:port/",
        "http://news..example/",
        "http://.example/",
        "http://" + "a" * 64 + ".example",
        "https://accounts.bank.example." + "a" * 40 + ".evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:a@news.example",
        "tel:110",
        "ftp://news.example/",
        "file:///etc/passwd",
        "www.news.example",
        "xhttp://",
    ],
)
def test_address_that_hides_where_it_leads_is_no_link(text):
    assert comment.render(text) == f"<p>{html.escape(text)}</p>"


@pytest.mark.parametrize(
    ("text", "hrefs"),
    [
        ("(see https://a.example/b).", ["https://a.example/b"]),
        ("(https://a.example/b_(c))", ["https://a.example/b_(c)"]),
        ("https://a.example, https://b.example; https://c.example!", [f"https://{letter}.example" for letter in "abc"]),
        ('"https://a.example/"', ["https://a.example/"]),
        ("“https://a.example/”", ["https://a.example/"]),
        ("<https://a.example/>", ["https://a.example/"]),
        ("https://a.example/'onclick='x", ["https://a.example/"]),
        ("https://a.example/<script>", ["https://a.example/"]),
        ("nothing", []),
    ],
)
def test_link_ends_where_its_address_ends(text, hrefs):
    assert re.findall('href="([^"]*)"', html.unescape(comment.render(text))) == hrefs
    assert comment.links(text) == hrefs


def test_address_that_is_no_link_still_counts_for_moderators():
    assert comment.links("https://bank.example@evil.example/ and http://127.0.0.1/.") == [
        "https://bank.example@evil.example/",
        "http://127.0.0.1/",
    ]


# --- whatever comes ---------------------------------------------------------------------------------------------------

PIECES = (
    "< > & \" ' ` = / \\ @ : ( ) .. {{ }} %00 &lt; &#60; ]]> http:// https:// a.example javascript: <script> </p> "
    "<img/src=x/onerror=alert(1)> e\u0301 \u0301 \u0323 \u200d \u200b \u202e \x00 \ud800 👨\u200d👩 \u0e47 "
    "\u0651\u064e ﬀ İ"
).split(" ")
ANYTHING = st.lists(st.one_of(st.sampled_from([*PIECES, "> ", "\n", "\r", " "]), st.text(max_size=8)), max_size=40).map(
    "".join
)


class Reader(HTMLParser):
    """Collect the tags, the attributes and the text of a page, as a browser would."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.links, self.text = [], [], ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "br":
            self.text += "\n"
        if attrs:
            self.links.append(dict(attrs))

    def handle_data(self, data):
        self.text += data


@settings(max_examples=400)
@given(ANYTHING)
def test_clean_text_is_clean_for_good(text):
    once = comment.normalise(text)
    assert comment.normalise(once) == once
    assert comment.one_line(comment.one_line(text)) == comment.one_line(text)
    assert unicodedata.is_normalized("NFC", once)
    assert not set(once) & set(BIDI + CONTROLS + "\r\u2028\u2029")
    once.encode("utf-8")


@settings(max_examples=400)
@given(ANYTHING)
def test_no_tag_and_no_attribute_ever_comes_out_of_a_readers_text(text):
    normal = comment.normalise(text)
    page = Reader(comment.render(normal))
    assert set(page.tags) <= {"p", "br", "blockquote", "a"}
    assert page.tags.count("a") == len(page.links)
    for attributes in page.links:
        assert attributes.keys() == {"href", "rel"}
        assert attributes["rel"] == "ugc nofollow noopener"
        assert re.match(r"https?://[a-z0-9_.-]+(?::\d+)?(?:[/?#]|$)", attributes["href"])


@settings(max_examples=300)
@given(ANYTHING.filter(lambda text: "http" not in text.lower() and ">" not in text))
def test_reader_sees_every_word_that_was_written(text):
    normal = comment.normalise(text)
    assert Reader(comment.render(normal)).text == normal.replace("\n\n", "")


@settings(max_examples=200)
@given(st.text(alphabet=st.characters(categories=["Mn", "Me", "Cf"]), max_size=30))
def test_no_letter_carries_a_tower(marks):
    normal = comment.normalise(f"x{marks}")
    stacking = [mark for mark in normal if unicodedata.combining(mark) == 1 or unicodedata.combining(mark) >= 200]
    assert len(stacking) <= 2
    assert marks_of(normal) <= 6


# --- CPU --------------------------------------------------------------------------------------------------------------

PATHOLOGICAL = {
    "letters": "a" * 5000,
    "spaces": " " * 5000,
    "spaces and a letter": " " * 4999 + "a",
    "line breaks": "\n" * 5000,
    "lines of spaces": " \n" * 2500,
    "returns": "\r" * 5000,
    "line separators": "\u2028" * 5000,
    "quotations": ">" * 5000,
    "lines of quotations": ">\n" * 2500,
    "quotations of quotations": "> " * 2500,
    "less": "<" * 5000,
    "tags": "<b>" * 1666,
    "ampersands": "&" * 5000,
    "quotes": "\"'" * 2500,
    "starts of links": "http://" * 714,
    "links": "http://a.b " * 454,
    "one long link": "http://a.example/" + "a" * 4980,
    "link of dots": "http://" + "a." * 2490,
    "link of brackets": "http://a.example/" + "(" * 4980,
    "link of closed brackets": "http://a.example/" + ")" * 4980,
    "link of signs": "http://a.example/" + ".,;:!?" * 830,
    "link of at signs": "http://" + "@" * 4990,
    "link of colons": "http://" + ":" * 4990,
    "link of per cents": "http://a.example/" + "%" * 4980,
    "foreign host": "http://" + "ü" * 4990,
    "many foreign hosts": "http://ü.ö " * 450,
    "marks": "a" + "\u0301" * 4999,
    "marks in the wrong order": "a" + "\u0301\u0323" * 2499,
    "joiners": "\u200d" * 5000,
    "fillers": "\u3164" * 5000,
    "wide glyphs": "\ufdfa" * 5000,
    "hangul": "\u1112\u1161\u11ab" * 1666,
    "emoji": "👨\u200d👩\u200d👧" * 1000,
}


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_no_text_keeps_the_site_busy(text):
    start = time.process_time()
    comment.is_visible(text)
    comment.one_line(text)
    normal = comment.normalise(text)
    comment.links(normal)
    comment.render(normal)
    comment.render(text)
    assert time.process_time() - start < 1
