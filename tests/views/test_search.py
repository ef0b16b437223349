"""Search: what readers ask for, what they get, and that nothing they type can break it or tell what is not public."""

import re
from urllib.parse import quote

import pytest
from django.utils import timezone

from articles.models import Article, Outlet
from tests import make
from tests.documents import page
from tests.make import DAY

pytestmark = pytest.mark.django_db


def found(client, query):
    """Return the headlines of the results in their order."""
    answer = client.get(f"/search/?{query}")
    assert answer.status_code == 200
    results = page(answer).one("section", class_="results")
    return [link.text for link in results.all("a") if re.match(r"/articles/\d+/", link["href"])]


@pytest.fixture
def newsroom():
    """Make three articles that differ in everything one can filter by; the newest first: Ferry, Dam, Bridge."""
    now = timezone.now()
    places = [
        ("Bridge", "The Lantern", "Rivers", "floods", "Ada", "news", 3),
        ("Dam", "The Beacon", "Money", "power", "Bo", "opinion", 2),
        ("Ferry", "The Courier", "Sea", "boats", "Cy", "news", 1),
    ]
    for headline, outlet, section, tag, author, kind, days in places:
        make.article(
            headline,
            outlet=make.outlet(outlet),
            section=make.section(section),
            hashtags=[make.hashtag(tag)],
            authors=[make.author(author)],
            kind=kind,
            at=now - days * make.DAY,
            standfirst=f"About the {headline.lower()}.",
        )


@pytest.mark.parametrize(
    ("query", "headlines"),
    [
        ("", ["Ferry", "Dam", "Bridge"]),
        ("sort=oldest", ["Bridge", "Dam", "Ferry"]),
        ("sort=nonsense", ["Ferry", "Dam", "Bridge"]),
        ("q=bridge", ["Bridge"]),
        ("q=about+dam", ["Dam"]),
        ("q=about+nothing", []),
        ("q=+", ["Ferry", "Dam", "Bridge"]),
        ("outlet=the-beacon", ["Dam"]),
        ("outlet=the-beacon&outlet=the-courier", ["Ferry", "Dam"]),
        ("section=sea&section=rivers", ["Ferry", "Bridge"]),
        ("hashtag=floods&hashtag=power", ["Dam", "Bridge"]),
        ("author=ada", ["Bridge"]),
        ("author=ada&author=cy", ["Ferry", "Bridge"]),
        ("kind=opinion", ["Dam"]),
        ("outlet=the-beacon&section=sea", []),
        ("outlet=no-such&q=dam", []),
        ("section=1", []),
        ("unknown=1&q=dam", ["Dam"]),
    ],
)
def test_search_finds_what_was_asked_for(client, newsroom, query, headlines):
    assert found(client, query) == headlines


def test_search_by_day_takes_both_days_in(client, newsroom):
    days = [at.date() for at in Article.objects.first_report_first().values_list("published_at", flat=True)]
    assert found(client, f"since={days[1]}&until={days[1]}") == ["Dam"]
    assert found(client, f"since={days[1]}") == ["Ferry", "Dam"]
    assert found(client, f"until={days[1]}") == ["Dam", "Bridge"]


def test_period_is_counted_from_now_and_can_be_taken_back(client):
    now = timezone.now()
    for headline, days in {"Today": 0, "Monday": 6, "May": 29, "Long ago": 364, "Ages ago": 365}.items():
        make.article(headline, at=now - days * DAY)
    assert found(client, "period=week") == ["Today", "Monday"]
    assert found(client, "period=year&since=2020-01-01") == ["Today", "Monday", "May", "Long ago"]
    document = page(client.get("/search/?period=week&until=&sort=newest"))
    offered = {node["value"]: node.text for node in document.one("select", name="period").all("option")}
    assert list(offered) == ["", "day", "week", "month", "year"]
    assert [text.split("(")[-1] for text in list(offered.values())[1:]] == ["1)", "2)", "3)", "4)"]
    chip = document.one("a", class_="chip")
    assert (chip.text, chip["href"]) == ("Without The last 7 days", "?sort=newest")
    feed = client.get("/search/feed.json?period=week").json()
    assert [item["title"] for item in feed["items"]] == ["Today", "Monday"]


@pytest.mark.parametrize(
    "query",
    [
        "period=decade",
        "since=0001-01-01",
        "until=9999-12-31",
        "since=yesterday",
        "since=2026-02-30",
        "until=-1",
        "since=99999-01-01",
    ],
)
def test_day_that_makes_no_sense_is_ignored(client, newsroom, query):
    assert found(client, query) == ["Ferry", "Dam", "Bridge"]


def test_article_with_two_of_the_chosen_names_is_found_once(client):
    tags, authors = [make.hashtag("One"), make.hashtag("Two")], [make.author("Ada"), make.author("Bo")]
    make.article("Twice", hashtags=tags, authors=authors)
    assert found(client, "hashtag=one&hashtag=two&author=ada&author=bo") == ["Twice"]


def test_choice_stays_chosen_on_the_page(client, newsroom):
    document = page(client.get("/search/?q=dam&outlet=the-beacon&sort=oldest"))
    form = document.one("form", class_="search")
    chosen = {(node["name"], node.get("value")) for node in form.all("input") if "checked" in node.attrs}
    assert chosen == {("outlet", "the-beacon")}
    assert form.one("input", name="q")["value"] == "dam"
    assert [node["value"] for node in form.all("option") if "selected" in node.attrs] == ["oldest"]


def test_search_offers_only_names_that_public_articles_carry(client, newsroom):
    make.draft(hashtags=[make.hashtag("Secretive")], authors=[make.author("Sina Secret")])
    make.outlet("The Extinct", is_active=False)
    form = page(client.get("/search/")).one("form", class_="search")
    offered = {name: [n["value"] for n in form.all("input", name=name)] for name in ("hashtag", "author", "outlet")}
    assert offered == {
        "hashtag": ["boats", "floods", "power"],
        "author": ["ada", "bo", "cy"],
        "outlet": ["the-beacon", "the-courier", "the-lantern"],
    }


def test_search_offers_so_many_names_that_one_can_look_through_them(client):
    tags = [make.hashtag(f"Tag{number:03}") for number in range(60)]
    make.article(hashtags=tags)
    form = page(client.get("/search/?hashtag=tag059")).one("form", class_="search")
    offered = [node["value"] for node in form.all("input", name="hashtag")]
    assert (len(offered), offered[-1]) == (41, "tag059")
    assert len(found(client, "hashtag=tag059")) == 1


def without(word, answer):
    return re.sub(re.escape(word), "-", answer.content.decode())


@pytest.mark.parametrize("field", ["standfirst", "body"])
@pytest.mark.parametrize("text_shown", [Outlet.TextShown.SUMMARY, Outlet.TextShown.LINK])
def test_search_finds_no_word_that_the_page_may_not_show(client, field, text_shown):
    courier = make.outlet("The Courier", text_shown=text_shown)
    make.article("A headline", outlet=courier, **{field: "<p>Zephyrine</p>" if field == "body" else "Zephyrine"})
    may_show = (field, text_shown) == ("standfirst", Outlet.TextShown.SUMMARY)
    assert found(client, "q=zephyrine") == (["A headline"] if may_show else [])


@pytest.mark.parametrize("state", ["draft", "scheduled", "embargoed", "expired", "withdrawn"])
def test_search_for_a_secret_word_answers_as_for_a_word_that_nobody_wrote(client, state):
    secret = getattr(make, state)("Zephyrine", body="<p>Zephyrine</p>", standfirst="Zephyrine")
    secret.hashtags.add(make.hashtag("Zephyrine"))
    secret.bylines.create(author=make.author("Zephyrine"))
    make.article("Something else")
    for name in ("q", "hashtag", "author"):
        known, unknown = client.get(f"/search/?{name}=zephyrine"), client.get(f"/search/?{name}=qwertzuio")
        assert without("zephyrine", known) == without("qwertzuio", unknown), name


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' OR 1=1 --", "%", "_", "\\"]
)
def test_what_was_typed_is_shown_and_does_nothing(client, newsroom, typed):
    document = page(client.get(f"/search/?q={quote(typed)}"))
    assert document.one("main").one("input", name="q")["value"] == typed
    assert [node for node in document.all("script") if not node.get("src")] == []
    assert document.one("main").all("img") == []
    assert found(client, f"q={quote(typed)}") == []


def test_very_long_question_is_cut(client, newsroom):
    document = page(client.get(f"/search/?q={'word+' * 2000}"))
    assert len(document.one("main").one("input", name="q")["value"]) <= 200


def test_question_of_many_words_asks_the_database_for_few(client, newsroom, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        found(client, "q=" + "+".join(f"w{n}" for n in range(60)))


@pytest.mark.parametrize("wrong", ["outlet=nobody", "section=nothing", "hashtag=none&author=nobody", "kind=gossip"])
def test_a_wrong_value_does_not_spoil_the_right_ones(client, newsroom, wrong):
    assert found(client, f"{wrong}&outlet=the-lantern&section=rivers&hashtag=floods&author=ada&kind=news") == ["Bridge"]


def test_more_words_than_a_search_takes_are_cut_and_the_page_says_so(client, newsroom):
    for words, kept in (("bridge " + "x" * 300, "bridge"), ("x" * 300, "x" * 200), ("dam " * 51, "dam " * 49 + "dam")):
        answer = client.get("/search/", {"q": words})
        assert kept in [field.get("value") for field in page(answer).all("input", name="q")]
        assert "x" * 201 not in answer.content.decode()
    assert found(client, "q=" + "bridge+" * 60) == ["Bridge"]


def test_words_that_a_search_does_not_take_are_named_and_page_and_feed_find_the_same(client):
    words = " ".join(f"w{n}" for n in range(8))
    make.article("Found", standfirst=words)
    answer = page(client.get("/search/", {"q": f"{words} w8 <b>"}))
    assert [note.text for note in answer.all("p", class_="results-note")] == [
        "A search takes 8 words, and 12 in quotes; not looked for: w8, <b>"
    ]
    assert found(client, f"q={quote(words)}+w8") == ["Found"]
    feed = client.get("/search/feed.json", {"q": f"{words} w8"}).json()
    assert [item["title"] for item in feed["items"]] == ["Found"]
    assert page(client.get("/search/", {"q": words})).all("p", class_="results-note") == []
    longer = page(client.get("/search/", {"q": "w1 " * 66 + "beyond it"})).one("p", class_="results-note")
    assert longer.text.endswith("not looked for: beyond it")


@pytest.mark.parametrize("sign", ["\x00", "\t", "\r\n", "\x1f", "\x7f", "\x85"])
def test_control_character_parts_words_as_a_space_does(client, newsroom, sign):
    assert found(client, f"q={quote(sign)}") == ["Ferry", "Dam", "Bridge"]
    assert found(client, f"q=about{quote(sign)}dam") == found(client, "q=about+dam") == ["Dam"]
    for question in (sign, f"about{sign}dam", f"{sign}dam"):
        spaced = question.replace(sign, " " * len(sign))
        for form in ("json", "rss", "atom"):
            titles = [
                re.findall(r"Ferry|Dam|Bridge", client.get(f"/search/feed.{form}", {"q": typed}).content.decode())
                for typed in (question, spaced)
            ]
            assert titles[0] == titles[1] != []
        for extra in ({}, {"format": "opensearch"}):
            told = [client.get("/search/suggestions.json", {"q": typed} | extra) for typed in (question, spaced)]
            assert told[0].content == told[1].content


@pytest.mark.parametrize("name", ["q", "outlet", "hashtag", "author", "kind", "language", "since", "period", "sort"])
def test_control_character_in_any_field_is_no_error(client, newsroom, name):
    for path in ("/search/", "/search/feed.rss", "/search/suggestions.json"):
        answer = client.get(f"{path}?{name}=%00a%00")
        assert (answer.status_code, b"\x00" in answer.content) == (200, False)


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("q=dam", "the best match first"),
        ("q=dam&sort=newest", "the newest first"),
        ("q=dam&sort=oldest", "the oldest first"),
        ("", "the newest first"),
        ("sort=best", "the newest first"),
    ],
)
def test_search_is_described_in_the_order_that_it_has(client, newsroom, query, order):
    told = page(client.get(f"/search/?{query}")).one("meta", name="description")["content"]
    assert told == f"What a search finds on Newsroom, {order}."


def test_day_that_makes_no_sense_is_said_and_left_out(client, newsroom):
    document = page(client.get("/search/?q=bridge&since=tomorrow"))
    assert [note.text for note in document.all("p", class_="results-note")] == [
        "“tomorrow” is not a day, so it was left out."
    ]
    assert found(client, "q=bridge&since=tomorrow") == found(client, "q=bridge")
    assert page(client.get("/search/?q=bridge&since=2026-01-01")).all("p", class_="results-note") == []


def test_filter_that_knows_none_of_what_it_is_given_finds_nothing_and_says_so(client, newsroom):
    document = page(client.get("/search/?q=dam&outlet=the-extinct"))
    assert [note.text for note in document.all("p", class_="results-note")] == [
        "“the-extinct” is not known here, so nothing can be found by it."
    ]
    assert [chip["href"] for chip in document.one("ul", class_="chips").all("a")] == ["?q=dam"]
    assert document.all("p", class_="did-you-mean") == []
    for form in ("rss", "atom"):
        assert b"<entry>" not in (told := client.get(f"/search/feed.{form}?outlet=the-extinct").content)
        assert b"<item>" not in told
    assert client.get("/search/feed.json?outlet=the-extinct").json()["items"] == []


@pytest.mark.parametrize(("name", "make_one"), [("outlet", make.outlet), ("hashtag", make.hashtag)])
def test_filter_knows_what_was_renamed_by_its_former_name(client, name, make_one):
    one, other = make_one("Old"), make_one("Other")
    make.article("Found", **({"outlet": one} if name == "outlet" else {"hashtags": [one]}))
    make.article("Elsewhere", outlet=make.outlet("Third"))
    one.slug = "new"
    one.save()
    assert (found(client, f"{name}=old"), found(client, f"{name}=new")) == (["Found"], ["Found"])
    other.slug = "old"  # somebody else has the name now
    other.save()
    assert found(client, f"{name}=old") == []


def test_hashtag_that_was_merged_into_another_finds_its_articles(client):
    old, new = make.hashtag("Floods"), make.hashtag("HighWater")
    make.article("Found", hashtags=[new])
    make.article("Elsewhere")
    old.merge_into(new)
    assert found(client, "hashtag=floods") == ["Found"]


def test_days_in_the_wrong_order_are_said(client, newsroom):
    document = page(client.get("/search/?q=bridge&since=2026-05-04&until=2026-05-01"))
    (note,) = document.all("p", class_="results-note")
    assert note.text == "The first day lies after the last: nothing can stand between them."
    assert "Use fewer words" not in document.one("main").text
    assert "Use fewer words" in page(client.get("/search/?q=qwertzuio")).one("main").text


def test_facet_tells_screen_readers_of_one_article_and_of_several(client):
    for outlet in ("One", "Two", "Two"):
        make.article(outlet=make.outlet(outlet))
    facet = page(client.get("/search/")).one("input", name="outlet", value="one").parent.parent
    assert [count.text for count in facet.all(class_="facet-count")] == ["2 articles", "1 article"]
