"""Related articles: what belongs together, why, and nothing that readers may not see."""

import pytest
from django.utils import timezone

from articles import related, work
from articles.models import Article, Due, RelatedLink, Story, TermCount, TermVector
from tests import make
from tests.make import DAY, HOUR, NOON
from tests.related.reports import concert, flood, postings, relate, shown

pytestmark = pytest.mark.django_db


def reasons(article, *, at=None):
    article = Article.objects.get(pk=article.pk)  # its story is of now
    return {other.headline: other.reason for other in related.links_for(article, at=at or timezone.now())}


def links():
    return set(RelatedLink.objects.values_list("article__headline", "related__headline"))


# --- from the first article on ----------------------------------------------------------------------------------------


def test_second_article_of_a_new_site_and_the_first_find_each_other():
    first, second = flood("Sarn dyke breaks"), flood("Ottery under water")
    relate(first, second)
    assert links() == {("Sarn dyke breaks", "Ottery under water"), ("Ottery under water", "Sarn dyke breaks")}


def test_articles_find_each_other_by_a_word_that_nobody_used_before():
    for number in range(30):
        relate(concert(f"Cellist {number} plays Bach"))
    bodies = ["<p>Zworkle was seen.</p>", "<p>They say Zworkle again.</p>"]
    first, second = (concert(f"Odd {name}", body=body) for name, body in zip("ab", bodies, strict=True))
    relate(first, second)
    assert {("Odd a", "Odd b"), ("Odd b", "Odd a")} <= links()


def test_likeness_never_exceeds_one_however_small_the_site():
    articles = [flood(f"Sarn dyke, part {number}") for number in range(6)]
    relate(*articles)
    assert {0 < link.parts["terms"] <= 1 for link in RelatedLink.objects.all()} == {True}


def test_site_that_grows_weighs_what_it_has_anew():
    first = flood()
    relate(first)
    assert TermVector.objects.get(article=first).weighed_among == 1
    relate(*[flood(f"Sarn dyke, part {number}") for number in range(5)])
    assert TermVector.objects.get(article=first).weighed_among == 3


def test_links_from_the_days_of_a_young_site_are_worked_out_anew_as_it_grows():
    first, second = flood("Sarn dyke breaks"), flood("Ottery under water")
    relate(first, second)
    others = [flood("Ottery counts its dead", standfirst="The Sarn fell at Ottery.")]
    others += [concert(f"{name} plays {piece}") for name in ("Mara", "Ivo", "Lena") for piece in "abcdefghij"]
    relate(*others, flood("Ottery cleans up"))
    before = RelatedLink.objects.get(article=first, related=second).score
    Due.objects.exclude(kind="relate").delete()  # of new articles: they alone are related in full otherwise
    assert Due.objects.count() == 1
    work.do_all_due()
    after = RelatedLink.objects.get(article=first, related=second).score
    relate(first, second)
    assert after == RelatedLink.objects.get(article=first, related=second).score != before


# --- which, and why ---------------------------------------------------------------------------------------------------


def test_same_event_comes_before_what_only_shares_its_words():
    article, same = flood("Sarn dyke breaks at Ottery"), flood("Dyke of the Sarn breaks near Ottery")
    other = flood("Museum shows old dykes", standfirst="A look back.", at=timezone.now() - 40 * DAY)
    relate(other, same, article)
    assert shown(article) == [same.headline, other.headline]
    assert reasons(article)[same.headline] == "Same story"
    assert reasons(article)[other.headline] != "Same story"


def test_articles_without_a_headline_word_in_common_are_found():
    body = "<p>Mayor Ines Kolar told the Port Authority that the Harrowmere ferry had lost its rudder.</p>"
    one = flood("Passengers wait all night", standfirst="", body=body)
    other = flood("Quiet morning at sea", standfirst="", body=body.replace("told", "wrote to"))
    relate(*[concert(f"Cellist {number}") for number in range(5)], one, other)
    assert (shown(one)[:1], shown(other)[:1]) == (["Quiet morning at sea"], ["Passengers wait all night"])


def test_reason_names_the_people_and_places_that_both_mention():
    body = "<p>In the end it was Ines Kolar who spoke, for the Port Authority.</p>"
    one = flood("Ferry stopped", standfirst="", body=body)
    other = flood("Budget passed", standfirst="", body=body.replace("end", "evening"), at=timezone.now() - 30 * DAY)
    relate(other, one)
    assert reasons(one) == {"Budget passed": "Mentions Ines Kolar, Port Authority"}


def test_reason_names_the_shared_hashtag_that_comes_first():
    tags = [make.hashtag(name) for name in ("Weirs", "Dykes", "Mills")]
    long_ago = timezone.now() - 30 * DAY
    article = flood("sarn falls", standfirst="", hashtags=tags)
    relate(article, flood("sarn rises", standfirst="", hashtags=tags[:2], at=long_ago))
    assert reasons(article) == {"sarn rises": "Also about #Dykes"}


def test_what_has_nothing_in_common_is_left_out():
    article, music = flood(), concert()
    relate(music, article)
    assert RelatedLink.objects.count() == 0
    assert (shown(article), shown(music)) == ([], [])


def test_fresh_article_comes_before_an_old_one_that_is_as_alike():
    article = flood("Sarn dyke breaks")
    old, new = flood("Sarn dyke mended A", at=timezone.now() - 60 * DAY), flood("Sarn dyke mended B")
    relate(old, new, article)
    assert shown(article) == ["Sarn dyke mended B", "Sarn dyke mended A"]


def test_article_is_never_related_to_itself():
    article, other = flood(hashtags=[make.hashtag()]), flood("Sarn dyke mended")
    relate(article, other, article)
    links = RelatedLink.objects.values_list("article", "related").order_by("article")
    assert list(links) == [(article.pk, other.pk), (other.pk, article.pk)]


def test_edited_article_leaves_the_company_that_it_keeps_no_more():
    article, other, third = flood("Sarn dyke breaks"), flood("Sarn dyke mended"), flood("Sarn dyke inspected")
    relate(article, other, third)
    other.headline, other.standfirst, other.body = "Cellist plays Bach", "", "<p>A concert.</p>"
    other.save()
    relate(other)
    assert (shown(article), other.related_links.count()) == (["Sarn dyke inspected"], 0)


def test_same_articles_give_the_same_links():
    articles = [flood(f"Sarn dyke {number}") for number in range(10)]

    def again():
        relate(*articles)
        return list(
            RelatedLink.objects.order_by("article", "related").values_list("article", "related", "score", "reason")
        )

    relate(*articles)
    assert again() == again()


def test_at_most_sixteen_are_kept_and_the_best_of_them():
    same = {"standfirst": "", "body": "<p>Water stands in the meadows.</p>"}
    article = flood("Sarn dyke breaks", **same)
    others = [
        flood("Sarn dyke mended", at=timezone.now() - days * DAY, outlet=f"Paper {days}", **same)
        for days in range(1, 21)
    ]
    related.relate_everything(at=timezone.now())
    assert list(article.related_links.order_by("-score").values_list("related", flat=True)) == [
        o.pk for o in others[:16]
    ]
    assert max(other.related_links.count() for other in others) <= 16


def test_outlet_that_is_switched_on_again_is_among_the_others_again():
    article, other = flood("Sarn dyke breaks", outlet="A"), flood("Sarn dyke mended", outlet="B")
    relate(*[concert(f"Cellist {number}") for number in range(5)], article, other)
    outlet = other.outlet
    outlet.is_active = False
    outlet.save()
    relate(article)
    assert ("Sarn dyke breaks", "Sarn dyke mended") not in links()
    Due.objects.all().delete()
    outlet.is_active = True
    outlet.save()
    outlet.save()  # nothing more is planned
    assert list(Due.objects.values_list("kind", "key")) == [("outlet", outlet.pk)]
    work.do_all_due()
    assert {("Sarn dyke mended", "Sarn dyke breaks"), ("Sarn dyke breaks", "Sarn dyke mended")} <= links()


def test_what_somebody_paid_for_is_never_shown_as_coverage():
    rivers = make.hashtag("Rivers")
    article, news = flood("Sarn falls", hashtags=[rivers]), flood("Sarn rises", hashtags=[rivers])
    paid = flood("Sarn spa opens at Ottery", hashtags=[rivers], kind="sponsored", sponsor="A spa")
    relate(paid, article, news, paid)
    assert (shown(article), shown(news)) == (["Sarn rises"], ["Sarn falls"])
    assert set(shown(paid)) == {"Sarn rises", "Sarn falls"}
    paid.refresh_from_db()
    assert paid.story is None


def test_article_that_somebody_pays_for_later_is_coverage_no_more():
    article, other = flood("Sarn falls"), flood("Sarn rises")
    relate(article, other)
    other.kind, other.sponsor = "sponsored", "A spa"
    other.save()
    relate(other)
    assert RelatedLink.objects.filter(related=other).count() == 0


# --- what readers may not see -----------------------------------------------------------------------------------------

HIDDEN = {
    "a draft": lambda: make.draft("Sarn dyke mended", standfirst="The Sarn broke its dyke at Ottery."),
    "scheduled": lambda: flood("Sarn dyke mended", at=NOON + HOUR),
    "embargoed": lambda: flood("Sarn dyke mended", at=NOON - HOUR, embargo_until=NOON + HOUR),
    "expired": lambda: flood("Sarn dyke mended", at=NOON - DAY, expires_at=NOON),
    "withdrawn": lambda: make.withdrawn("Sarn dyke mended", at=NOON - HOUR),
    "of an outlet taken off": lambda: flood("Sarn dyke mended", at=NOON, outlet=make.outlet("Shut", is_active=False)),
}


@pytest.mark.parametrize("before", [True, False], ids=["related before the others", "related after them"])
@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_what_readers_may_not_see_is_not_shown(hidden, before):
    article, seen, other = flood("Sarn dyke breaks", at=NOON), flood("Sarn dyke inspected", at=NOON), hidden()
    relate(*([other, article, seen] if before else [article, seen, other]), at=NOON)
    assert (shown(article, at=NOON), shown(seen, at=NOON)) == (["Sarn dyke inspected"], ["Sarn dyke breaks"])


@pytest.mark.parametrize("hidden", ["a draft", "withdrawn"])
def test_what_is_not_published_is_not_in_the_index(hidden):
    other = HIDDEN[hidden]()
    relate(flood(), other)
    assert not TermVector.objects.filter(article=other).exists()
    assert other.pk not in {article_id for _, article_id, _ in postings()}
    assert TermCount.objects.get(term=TermCount.ARTICLES).articles == 1


def test_embargoed_article_is_shown_from_its_second_on_without_any_work():
    article, other = flood(at=NOON - HOUR), flood("Sarn dyke mended", at=NOON - HOUR, embargo_until=NOON + HOUR)
    relate(article, other, at=NOON)
    assert [shown(article, at=at) for at in (NOON, NOON + HOUR)] == [[], ["Sarn dyke mended"]]


def test_scheduled_article_is_shown_from_its_second_on_without_any_work():
    article, other = (
        flood(at=NOON - HOUR),
        make.draft("Sarn dyke mended", standfirst="The Sarn broke its dyke at Ottery."),
    )
    other.schedule(by=None, at=NOON, publish_at=NOON + HOUR)
    relate(article, other, at=NOON)
    assert [shown(article, at=at) for at in (NOON, NOON + HOUR)] == [[], ["Sarn dyke mended"]]


def test_hidden_article_gives_no_story_its_name():
    other = flood("Secret", at=NOON - HOUR, embargo_until=NOON + DAY)
    article = flood("Sarn dyke breaks", at=NOON - HOUR)
    relate(other, article, other, at=NOON)
    assert {str(story) for story in Story.objects.called_by(Article.objects.live(at=NOON))} == {"Sarn dyke breaks"}


def test_article_that_is_gone_is_forgotten():
    article, other = flood(), flood("Sarn dyke mended")
    relate(article, other)
    gone = Article(pk=other.pk)
    Article.objects.filter(pk=other.pk).delete()
    related.relate(gone, at=timezone.now())
    assert (RelatedLink.objects.count(), shown(article)) == (0, [])
