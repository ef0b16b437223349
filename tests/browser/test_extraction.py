"""What four programs that read elsewhere take from an article's page: the article whole, and nothing else.

They are reader views, read-it-later services, archives and digests. Each guesses by rules of its own which part of a
page is the article; what stands around it here is meant to lead them astray: comments longer than the article,
summaries of other articles, the article's own sentences once more as key points.
"""

import re
import socket

import pytest
from django.utils import timezone

from articles import assist
from articles.models import Outlet
from tests import make
from tests.browser.extractors import EXTRACTORS, Read, reader_view, told_of
from tests.browser.pages import LONG_BODY
from tests.documents import parse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A comment, or a summary of another article: prose as an article's, with all the commas that programs count.
PROSE = (
    "We have lived beside the Sarn for forty years, and nobody, not the mayor, not the office, has ever asked us "
    "what the water does in the cellars, in the schools, or under the bridge, when the snow melts in the hills."
)
CAPTION, CREDIT = "The bridge at dusk, seen from the mill.", "Photo: Ida Lind"
CORRECTION = "The bridge is older than we said, and its arches were counted wrongly."
MIXED = """
<p>The council of Lower Sarn voted on Tuesday, by nine votes to four, to build the <em>old</em> bridge anew.</p>
<h2>What it costs</h2>
<p>The work costs eleven million crowns, of which the state pays half, as its <a href="https://example.com/">answer</a>
says.</p>
<ul><li>Six million for the arches</li><li>Three million for the road, lamps <strong>included</strong></li></ul>
<blockquote><p>“We do not build for this winter,” the mayor said, “we build for the next hundred.”</p></blockquote>
<h3>When</h3>
<ol><li>Divers look at the piers in May</li><li>The road is closed from June</li></ol>
<p>Traffic goes by Upper Sarn until then, which takes a quarter of an hour more.</p>
<table><thead><tr><th>Year</th><th>Metres above normal</th></tr></thead>
<tbody><tr><td>2024</td><td>1.2</td></tr><tr><td>2025</td><td>2.8</td></tr></tbody></table>
<p>Nobody was hurt.</p>
"""
# Below 500 characters Readability tries again by fewer of its rules: what is shorter leads it astray most easily.
ONE_SENTENCE = """
<p>The Sarn rose by two metres in one night and stood at the lamps of the old bridge when the morning came, higher than
anybody in Lower Sarn remembers.</p>
"""
TWO_SENTENCES = f"""{ONE_SENTENCE}
<p>Nobody was hurt, the office said, although forty families spent the night in the school and a bakery by the mill lost
both of its ovens.</p>
"""
SHORT = f"""{TWO_SENTENCES}
<p>The bridge stays closed until divers have looked at its piers, which will hardly be before the end of the week, when
the rain is said to stop.</p>
"""
ABOUT_PERSIAN = {"language": "fa", "headline": "رودخانه بالا آمد", "standfirst": "پس از یک شب طولانی"}
PERSIAN = """
<p>آب رودخانه در یک شب دو متر بالا آمد و شهرداری پل قدیمی را تا اطلاع بعدی به روی خودروها بست.</p>
<p>شهردار گفت که کارگران پیش از غروب صدها کیسه شن را در کنار رودخانه گذاشته‌اند، اما این کار به تنهایی کافی نیست.</p>
<p>به گفته این اداره کسی آسیب ندیده است، ولی ده‌ها خانواده شب را در مدرسه گذراندند و هنوز به خانه‌های خود
بازنگشته‌اند.</p>
<p>غواصان در پایان هفته پایه‌های پل را بررسی می‌کنند، اگر آب تا آن زمان پایین رفته باشد و باران بند آمده باشد.</p>
"""
LONG = "".join(
    f"<p>On day {day} the gauge stood at {day} metres, the office said, and the bridge, the mill and the school "
    f"of Lower Sarn were closed. Workers carried {day * 40} sandbags to the bank, more than on any day before.</p>"
    for day in range(2, 62)
)
BODIES = {
    "mixed": MIXED,
    "one sentence": ONE_SENTENCE,
    "two sentences": TWO_SENTENCES,
    "short": SHORT,
    "right to left": PERSIAN,
    "long": LONG,
}
# Several comments of these shapes stand below an article of one sentence.
TALK = {
    "none": (0, ""),
    "many short ones": (25, "I do not agree with that at all."),
    "no commas": (25, PROSE.replace(",", "")),
}
# Comments as long as they may be: 5,000 characters.
PARAGRAPHS = "\n\n".join([" ".join([PROSE] * 6)] * 4)
LONG_TALK = {
    "one of several paragraphs": (1, PARAGRAPHS),
    "one of one paragraph": (1, " ".join([PROSE] * 24)),
    "many": (25, PARAGRAPHS),
    "with lines and links": (3, "\n".join([f"{PROSE} https://example.com/ {PROSE}", PROSE] * 8)),
    "with quotations": (1, "\n\n".join([f"> {PROSE}", PROSE] * 12)),
    "of short paragraphs": (1, "\n\n".join(["Nobody, no, nobody said so."] * 170)),
}
# When it came out and was changed: in a reader's own words once scripts have run, with the time of the site behind.
AGE, DATE = r"(?:now|\d+[a-z]+ago)?", r"\(?\d+[A-Z][a-z]+\d{4},\d\d:\d\dUTC\)?"
TIME = re.compile(rf"(?:Published|Updated){AGE}{DATE}|Correction{AGE}(?:{DATE})?")
# All that is shown of an article whose outlet allows no more.
SUMMARIES = [
    "The river rose by two metres in one night, and the old bridge is closed until divers have looked at it.",
    "The Sarn rose by two metres, and nobody was hurt. Forty families spent the night in the school, the office said, "
    "and a bakery by the mill lost both of its ovens; the bridge is closed until divers have looked at its piers.",
]
# What stands in the place of a text that is its outlet's alone, and of what was corrected in it.
ELSEWHERE = [
    "The full article is at The Messenger.",
    "Our agreement with this outlet lets us show its headline and a summary. The rest is theirs to tell.",
    "Read it at messenger.example",
    "Corrected. Our agreement with the outlet lets us say no more; the corrected text stands there.",
]
# How trafilatura writes lists and tables without HTML.
MARKUP = re.compile(r"[-|]")


@pytest.fixture(autouse=True)
def asked_elsewhere(monkeypatch):
    """Refuse every look for another machine, and note it: these programs may only read what they are given."""
    asked, resolve = [], socket.getaddrinfo

    def here_only(host, *args, **kwargs):
        if host not in ("localhost", "127.0.0.1"):
            asked.append(host)
            raise OSError(f"The tests look for nobody else: {host}")
        return resolve(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", here_only)
    yield asked
    assert asked == []


def surrounded(headline="Sarn builds its bridge anew", *, talk=None, **fields):
    """Return an article with everything around it that a program could take for its text.

    ``talk`` is how many comments it has, and what they say; by default there is a thread, and five beside it.
    """
    about = {"hashtags": [make.hashtag("Rivers"), make.hashtag("Bridges")], "story": make.story("The flood of May")}
    writers = [make.author("Ada Author"), make.author("Bo Writer")]
    for outlet in ("The Beacon", "The Courier"):
        make.article(f"{outlet} on the flood", outlet=make.outlet(outlet), standfirst=PROSE, body=LONG, **about)
    picture = make.image(caption=CAPTION, credit=CREDIT)
    made = make.article(headline, authors=writers, lead_image=picture, **about, **fields)
    made.correct(by=None, at=timezone.now(), text=CORRECTION)
    if talk is None:
        first = make.comment(made, f"I do not agree. {PROSE}")
        make.comment(made, f"But I do. {PROSE}", parent=first)
    number, said = talk or (5, PROSE)
    if number:
        make.many_comments(made, number, body=said)
    assist.prepare(made)
    return made


def squeezed(text):
    """Return the text without white space, which each program sets as it likes, and joiners, which one drops."""
    return re.sub(r"[\s\u200c]+", "", text)


def taken_apart(text, article):
    """Return the blocks of the article's text that ``text`` lacks or has in another order, and what it has besides.

    Allowed besides are label, headline, standfirst, those who wrote it with their roles, when, the picture's caption
    with its credit, corrections, and where the rest is to be read: all of that is said by the newsroom of this article.
    Nobody has to take it.
    """
    left, place, lost = squeezed(text), 0, []
    for block in blocks(article):
        found = left.find(squeezed(block), place)
        if found < 0:
            lost.append(block)
        else:
            left, place = left[:found] + left[found + len(squeezed(block)) :], found
    bylines = [f"{byline.author}{byline.get_role_display()}" for byline in article.bylines.all()]
    image, corrections = article.lead_image, [correction.text for correction in article.corrections.all()]
    beside = [article.standfirst] if article.shown_body else ELSEWHERE
    for said in [article.label, article.headline, *beside, *bylines, image.caption, image.credit, *corrections]:
        left = left.replace(squeezed(said), "", 1)
    return lost, MARKUP.sub("", TIME.sub("", left))


def blocks(article):
    """Return the text of each paragraph, heading, item and cell that the article's page shows, in order."""
    elements = parse(article.shown_body or f"<p>{article.standfirst}</p>").walk()
    return [element.text for element in elements if element.tag in ("p", "h2", "h3", "li", "th", "td")]


def what_is_wrong(read, article):
    found = {extractor.__name__: taken_apart(extractor(read) or "", article) for extractor in EXTRACTORS}
    return {name: (lost, left) for name, (lost, left) in found.items() if lost or left}


@pytest.mark.parametrize("shape", BODIES)
def test_article_is_taken_whole_and_nothing_else(reader, shape):
    told = ABOUT_PERSIAN if shape == "right to left" else {}
    article = surrounded(body=BODIES[shape], **told)
    read = Read(reader, article)
    around = ["I do not agree.", "But I do.", "The Beacon on the flood", "#Rivers"]
    assert [text for text in [*around, CAPTION, CREDIT, CORRECTION] if text not in read.shown] == []
    assert read.shown.count(PROSE) >= 8  # the comments, and a summary
    assert ("In brief" in read.shown) is (shape == "long")  # the others are short enough without key points
    assert read.reader_view["is_offered"]
    assert what_is_wrong(read, article) == {}
    told = [text for text in (CAPTION, CREDIT, CORRECTION) if squeezed(text) in squeezed(reader_view(read))]
    assert (told, read.reader_view["content"].count("<img")) == ([CAPTION, CREDIT, CORRECTION], 1)


@pytest.mark.parametrize("talk", TALK)
def test_article_of_one_sentence_is_taken_whatever_is_said_below_it(reader, talk):
    article = surrounded(body=ONE_SENTENCE, talk=TALK[talk])
    read = Read(reader, article)
    assert ("No comments yet." in read.shown) is (talk == "none")
    assert what_is_wrong(read, article) == {}


@pytest.mark.parametrize("summary", SUMMARIES)
@pytest.mark.parametrize("talk", [None, *TALK.values()], ids=["a thread", *TALK])
def test_summary_of_an_article_that_is_not_ours_to_show_is_taken_alone(reader, summary, talk):
    outlet = make.outlet("The Messenger", text_shown=Outlet.TextShown.SUMMARY)
    told = {"standfirst": summary, "outlet": outlet, "original_url": "https://messenger.example/1"}
    article = surrounded(body=LONG, talk=talk, **told)
    read = Read(reader, article)
    assert [text for text in [summary, *ELSEWHERE] if text not in read.shown] == []
    assert "On day 2" not in read.shown
    assert what_is_wrong(read, article) == {}


@pytest.mark.parametrize("text_shown", [Outlet.TextShown.OWN, Outlet.TextShown.SUMMARY])
@pytest.mark.parametrize("talk", LONG_TALK.values(), ids=LONG_TALK)
def test_article_of_one_sentence_is_taken_however_long_the_comments_are(reader, text_shown, talk):
    outlet = make.outlet("The Messenger", text_shown=text_shown)
    told = {"standfirst": SUMMARIES[0], "outlet": outlet, "original_url": "https://messenger.example/1"}
    told["kind"] = "analysis"  # has a type of its own, for which newspaper4k gives nothing
    article = surrounded(body=ONE_SENTENCE, talk=talk, **told)
    read = Read(reader, article)
    assert len(read.shown) > 5000
    assert what_is_wrong(read, article) == {}


def test_article_of_a_full_newsroom_is_taken_whole_and_nothing_else(reader, article):
    read = Read(reader, article)
    assert "In brief" in read.shown
    assert read.reader_view["is_offered"]
    assert what_is_wrong(read, article) == {}


def test_head_of_the_page_tells_whose_article_it_is(reader):
    article = surrounded(body=LONG_BODY)
    read = Read(reader, article)
    told, view, day = told_of(read), read.reader_view, f"{article.published_at:%Y-%m-%d}"
    headline = "Sarn builds its bridge anew"
    assert (told.title, told.author, told.date, told.sitename) == (
        headline,
        "Ada Author; Bo Writer",
        day,
        "The Lantern",
    )
    assert (view["title"], view["byline"], view["siteName"]) == (headline, "Ada Author, Bo Writer", "The Lantern")
    assert view["publishedTime"][:19] == f"{article.published_at:%Y-%m-%dT%H:%M:%S}"
    assert (view["excerpt"], view["lang"]) == ("What the water left behind.", "en")
