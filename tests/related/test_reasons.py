"""The reason why an article is shown: a name that both texts have, a hashtag, the section, or nothing."""

import pytest
from django.utils import timezone, translation

from articles import related, work
from articles.models import Article, Due, Outlet, RelatedLink
from articles.related.reasons import ALIKE, told
from articles.text import mentions
from tests import make
from tests.documents import page
from tests.make import DAY, HOUR, NOON
from tests.related.reports import concert, flood, relate

pytestmark = pytest.mark.django_db
SAYS = "<p>In the evening {}, and nobody in the hall had an answer to that.</p>"


def pair(body, other, **fields):
    """Return the reasons that two articles give for each other; they came out too far apart to be one story."""
    one, two = (
        make.article(name, standfirst="", body=SAYS.format(text), outlet=name, at=at, **fields)
        for name, text, at in (("One", body, NOON), ("Two", other, NOON - 30 * DAY))
    )
    relate(two, one, at=NOON)
    links = RelatedLink.objects.order_by("article")
    return [link.reason for link in links]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was Ines Kolar of the Port Authority.", ["Ines Kolar of the Port Authority"]),
        ("Then the Bank of Orvane spoke to Mayor Ines Kolar.", ["Bank of Orvane", "Ines Kolar"]),
        ("Here Finance Minister Jonas Feld left.", ["Jonas Feld"]),
        ("They met Vincent van der Berg, Rio de Janeiro and Val d’Aurel.",
         ["Vincent van der Berg", "Rio de Janeiro", "Val d’Aurel"]),
        ("We saw St Mary’s Hospital, the Haut-Val and New York.", ["St Mary’s Hospital", "Haut-Val", "New York"]),
        ("Kolar spoke. We heard Kolar.", ["Kolar"]),
        ("Nothing was said. Chairs were kept.", []),
        ("At last the Chairs came; the chairs were old.", []),
        ("Then the Authority, the Minister, a Mr, the Street, and on Monday the House.", []),
        ("Yesterday Kolar spoke, and Kolar left.", ["Kolar"]),
        ("They read Anna Berta Carla Dora Emil Fritz.", []),
        ("They read BREAKING NEWS.", []),
    ],
)  # fmt: skip
def test_names_are_whole_and_nothing_else_is_a_name(text, found):
    assert sorted(name.text for name in mentions.find(f"{text} And so on it went.")) == sorted(found)


def test_headline_in_title_case_names_nobody():
    assert mentions.find("Museum Keeps Both Chairs", "Old Chairs Kept", "<p>Nobody sat down.</p>") == []
    assert [name.text for name in mentions.find("Museum thanks Ines Kolar", "It did.")] == ["Ines Kolar"]


def test_german_names_nobody_because_every_noun_has_a_capital():
    assert mentions.find("Wir trafen gestern Ines Kolar am Hafen.", language="de-ch") == []


def test_name_is_said_only_where_the_other_text_has_it_as_well():
    both = pair("it was the Bank of Orvane that paid", "Orvane had a quarrel with every bank on the river, said Orvane")
    assert "Bank of Orvane" not in " ".join(both)


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060", "\ufeff", "&shy;", "&nbsp;"])
def test_name_is_the_same_with_signs_in_it_that_nobody_sees(sign):
    written = f"Ines{sign}Kolar" if sign == "&nbsp;" else f"Ines Ko{sign}lar"
    assert pair("it was Ines Kolar", f"we saw {written}") == ["Mentions Ines Kolar"] * 2


@pytest.mark.parametrize(
    ("mentioned", "said"),
    [
        ("Ines Kolar, then Jonas Feld, then Mara Lind", "Ines Kolar, Jonas Feld"),
        ("Ines Kolar of the Port Authority, then it was the Port Authority", "Ines Kolar of the Port Authority"),
        ("Ines Kolar of the Port Authority, then Jonas Feld of the Mill Board",
         "Ines Kolar of the Port Authority, Jonas Feld of the Mill Board"),
        ("Ines Kolarovaska-Brandenheim of the Port Authority, then Jonas Feldenhausen-Mirelowski of the Mill Board",
         "Ines Kolarovaska-Brandenheim of the Port Authority"),
    ],
    ids=["two of three", "none inside another", "both on a line", "one that fills the line"],
)  # fmt: skip
def test_two_names_are_said_where_they_fit_on_a_line(mentioned, said):
    again = " before ".join(reversed(mentioned.split(", then ")))
    reasons = pair(f"it was {mentioned}", f"we saw {again}")
    assert [sorted(reason.removeprefix("Mentions ").split(", ")) for reason in reasons] == [said.split(", ")] * 2


def test_hashtag_that_comes_first_is_stored():
    tags = [make.hashtag(name) for name in ("Weirs", "Dykes", "Mills")]
    assert pair("the dyke broke", "a dyke broke", hashtags=tags) == ["Also about #Dykes"] * 2


def test_whole_name_is_said_before_a_hashtag_and_that_before_a_single_name():
    tags = [make.hashtag("Weirs")]
    assert pair("Ines Kolar and Ottery", "Ottery and Ines Kolar", hashtags=tags) == ["Mentions Ines Kolar"] * 2


def test_hashtag_is_said_before_a_single_name():
    assert pair("we saw Ottery", "they saw Ottery", hashtags=[make.hashtag("Weirs")]) == ["Also about #Weirs"] * 2


def test_single_name_is_said_before_the_section():
    assert pair("we saw Ottery", "they saw Ottery") == ["Mentions Ottery"] * 2


def test_section_is_said_where_there_is_no_name():
    assert pair("the dyke broke", "a dyke broke", section=make.section("Rivers")) == ["More in Rivers"] * 2


def test_readers_are_told_that_words_are_alike_where_there_is_nothing_else_to_say(client):
    article, other = (make.article(name, outlet=name, section=make.section(name)) for name in ("One", "Two"))
    RelatedLink.objects.create(article=article, related=other, score=0.5, position=0, reason=ALIKE)
    aside = page(client.get(article.get_absolute_url())).one("aside", class_="related")
    assert [item.text for item in aside.all(class_="card-reason")] == ["Alike in words"]
    with translation.override("de"):
        assert told(ALIKE) == "Ähnlich im Wortlaut"


@pytest.mark.parametrize(
    ("shown", "standfirst", "reason"),
    [
        ("own", "They spoke.", "Mentions Ines Kolar"),
        ("full", "They spoke.", "Mentions Ines Kolar"),
        ("summary", "They spoke.", ALIKE),
        ("summary", "Here Ines Kolar spoke.", "Mentions Ines Kolar"),
        ("link", "Here Ines Kolar spoke.", ALIKE),
    ],
)
def test_only_a_name_that_readers_may_see_in_both_is_said(shown, standfirst, reason):
    make.outlet("Two", text_shown=shown)
    one, two = (
        make.article(
            name, standfirst=standfirst, body=SAYS.format(text), outlet=name, section=make.section(name), at=at
        )
        for name, text, at in (
            ("One", "we met Ines Kolar", NOON),
            ("Two", "they met Ines Kolar, who left", NOON - 30 * DAY),
        )
    )
    relate(two, one, at=NOON)
    for last in (two, one):  # whichever of them is related tells it of both
        relate(last, at=NOON)
        assert [link.reason for link in RelatedLink.objects.order_by("article")] == [reason] * 2


def test_reasons_follow_when_an_outlet_lets_us_show_less():
    pair("we met Ines Kolar", "they met Ines Kolar, who left")
    Due.objects.all().delete()
    outlet = Outlet.objects.get(name="Two")
    outlet.text_shown = "link"
    outlet.save()
    work.do_all_due()
    assert "Mentions Ines Kolar" not in RelatedLink.objects.values_list("reason", flat=True)


# --- names that change ------------------------------------------------------------------------------------------------


def reasons(article):
    return [item.reason for item in related.links_for(Article.objects.get(pk=article.pk), at=timezone.now())]


def linked(reason, **fields):
    article, other = (make.article(name, outlet=name, **fields) for name in ("One", "Two"))
    RelatedLink.objects.create(article=article, related=other, score=0.5, position=0, reason=reason)
    return article


def test_renamed_section_is_said_by_its_new_name():
    section = make.section("Rivers")
    article = linked("More in Rivers", section=section)
    assert reasons(article) == ["More in Rivers"]
    section.name = "Waters"
    section.save()
    assert reasons(article) == ["More in Waters"]


def test_merged_hashtag_is_said_by_the_name_of_the_other():
    old, new = make.hashtag("Dykes"), make.hashtag("Levees")
    article = linked("Also about #Dykes", hashtags=[old])
    assert reasons(article) == ["Also about #Dykes"]
    old.merge_into(new)
    assert reasons(article) == ["Also about #Levees"]


def test_hashtag_that_is_taken_off_is_said_no_more():
    tag = make.hashtag("Dykes")
    article = linked("Also about #Dykes", hashtags=[tag], section=make.section("Rivers"))
    article.hashtags.clear()
    assert reasons(article) == ["More in Rivers"]


# --- what fills the module --------------------------------------------------------------------------------------------


def test_good_reason_fills_the_module_behind_the_story_and_a_poor_one_does_not():
    story = make.story()
    article = make.article("The one", outlet="A", story=story)
    given = [(f"told {n}", 0.5 - n / 100, "Same story") for n in range(4)]
    given += [
        ("named", 0.15, "Mentions Ines Kolar"),
        ("tagged", 0.14, "Also about #Weirs"),
        ("third", 0.13, "Mentions A B"),
    ]
    given += [("single", 0.19, "Mentions Kolar"), ("alike", 0.19, ALIKE), ("faint", 0.11, "Mentions Ines Kolar")]
    tag = make.hashtag("Weirs")
    article.hashtags.add(tag)
    for name, score, reason in given:
        told_by = {"story": story} if reason == "Same story" else {}
        other = make.article(name, outlet=name, hashtags=[tag] if name == "tagged" else [], **told_by)
        RelatedLink.objects.create(article=article, related=other, score=score, position=0, reason=reason)
    found = related.links_for(article, at=timezone.now())
    assert [(heading, [item.headline for item in items]) for heading, items in found.groups] == [
        ("Same story", ["told 0", "told 1", "told 2", "told 3"]),
        ("More on this", ["named", "tagged"]),
    ]


@pytest.mark.parametrize(("score", "is_shown"), [(0.119, False), (0.121, True)])
def test_good_reason_fills_the_module_from_12_hundredths_on(score, is_shown):
    article = make.article("The one", outlet="A")
    for name, given in [("firm 1", 0.5), ("firm 2", 0.5), ("firm 3", 0.5), ("named", score)]:
        other, reason = make.article(name, outlet=name), "Mentions Ines Kolar"
        RelatedLink.objects.create(article=article, related=other, score=given, position=0, reason=reason)
    shown = {item.headline for item in related.links_for(article, at=timezone.now())}
    assert shown == {"firm 1", "firm 2", "firm 3", *(["named"] if is_shown else [])}


# --- alike everywhere -------------------------------------------------------------------------------------------------


def test_analysis_stays_fresh_for_longer_than_news():
    fresh = {}
    for kind in ("news", "live", "analysis", "opinion", "interview"):
        one = flood(f"Sarn dyke breaks {kind}", at=NOON, kind=kind)
        other = flood(f"Sarn dyke inspected {kind}", at=NOON - 5 * DAY, kind=kind)
        relate(other, one, at=NOON)
        fresh[kind] = RelatedLink.objects.get(article=one, related=other).parts["freshness"]
    longer = dict.fromkeys(["analysis", "opinion", "interview"], 0.6979)
    assert fresh == {"news": 0.5891, "live": 0.5891} | longer


def test_kind_that_stays_fresh_longer_counts_on_either_side():
    one, other = flood(at=NOON), flood("Sarn dyke inspected", at=NOON - 5 * DAY, kind="analysis")
    relate(other, one, at=NOON)
    assert [link.parts["freshness"] for link in RelatedLink.objects.all()] == [0.6979, 0.6979]


@pytest.mark.parametrize("estimated", ["Sarn dyke breaks", "Sarn dyke inspected"])
def test_article_whose_outlet_gives_no_date_is_neither_fresh_nor_old(estimated):
    articles = [flood(name, at=NOON) for name in ("Sarn dyke breaks", "Sarn dyke inspected")]
    Article.objects.filter(headline=estimated).update(date_is_estimated=True)
    relate(*articles, at=NOON)
    assert [link.parts["freshness"] for link in RelatedLink.objects.all()] == [0.65, 0.65]


def test_ranking_is_this_one_on_every_database():
    tag = make.hashtag("LowerSarnFlood")
    names = [
        "Sarn dyke breaks at Ottery",
        "Ottery under water",
        "Dyke inspected before the flood",
        "River at Ottery falls",
    ]
    articles = [flood(name, at=NOON - n * 9 * HOUR, hashtags=[tag]) for n, name in enumerate(names)]
    articles += [
        concert("Cellist plays Bach at Ottery", at=NOON - 20 * DAY, hashtags=[tag]),
        concert("Choir sings", at=NOON - DAY),
    ]
    related.relate_everything(at=NOON)
    links = articles[0].related_links.order_by("-score", "related")
    found = [(link.related.headline, round(link.score, 6), link.reason) for link in links.select_related("related")]
    assert found == [
        ("Ottery under water", 0.893661, "Same story"),
        ("Dyke inspected before the flood", 0.815536, "Same story"),
        ("River at Ottery falls", 0.799395, "Same story"),
        ("Cellist plays Bach at Ottery", 0.237348, "Also about #LowerSarnFlood"),
    ]
