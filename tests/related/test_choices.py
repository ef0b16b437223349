"""Editors decide what belongs together: pins, blocks and locks, at once and for good."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles import related
from articles.models import Article, Due, RelatedChoice, RelatedLink
from articles.models.related_link import LAST_PLACE
from tests import make
from tests.concurrency.threads import meanwhile
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db
PIN, BLOCK, BOTH = RelatedChoice.Choice.PIN, RelatedChoice.Choice.BLOCK, RelatedChoice.Choice.BLOCK_BOTH


def flood(headline, **fields):
    """Return an article that shares words with its like."""
    own_text = "".join(f"<p>{headline} {part}.</p>" for part in range(3))
    standfirst = "The Sarn broke its dyke at Ottery."
    fields = {"at": NOON - HOUR, "standfirst": standfirst, "outlet": headline, "body": own_text} | fields
    return make.article(headline, **fields)


@pytest.fixture
def three():
    """Return three articles on one event, related to each other by the program."""
    articles = [flood("Sarn dyke breaks"), flood("Ottery dyke under water"), flood("Sarn dyke inspected")]
    related_again(*articles)
    return articles


def related_again(*articles):
    for _ in range(2):  # a term counts once two articles have it
        for article in articles:
            related.relate(article, at=NOON)


def shown(article, *, at=NOON):
    return [other.headline for other in related.links_for(article, at=at)]


def stored(article):
    links = article.related_links.order_by("-is_pinned", "position", "-score")
    return [(link.related.headline, link.is_pinned) for link in links]


def planned():
    return sorted(Due.objects.filter(kind="refresh").values_list("key", flat=True))


# pins


def test_pin_is_shown_first_from_the_moment_it_is_stored(three):
    article, near, _ = three
    far = make.article("Cellist plays Bach", at=NOON - DAY, standfirst="", section=make.section("Music"), outlet="Z")
    RelatedChoice.objects.decide(article, far, PIN)
    assert stored(article)[0] == ("Cellist plays Bach", True)
    assert (near.headline, False) in stored(article)
    assert stored(far) == []


def test_pins_stand_in_the_order_that_was_given(three):
    article, *others = three
    extra = flood("Dyke mended")
    for other, position in zip([*others, extra], [5, 9, 1], strict=True):
        RelatedChoice.objects.decide(article, other, PIN, position=position)
    wanted = ["Dyke mended", "Ottery dyke under water", "Sarn dyke inspected"]
    assert [headline for headline, is_pinned in stored(article) if is_pinned] == wanted
    related_again(article)
    assert [headline for headline, is_pinned in stored(article) if is_pinned] == wanted


def test_new_pin_comes_after_the_others_and_may_be_moved(three):
    article, first, second = three
    RelatedChoice.objects.decide(article, first, PIN)
    RelatedChoice.objects.decide(article, second, PIN)
    assert [row.position for row in RelatedChoice.objects.order_by("pk")] == [1, 2]
    RelatedChoice.objects.decide(article, second, PIN, position=0)
    assert [headline for headline, _ in stored(article)] == [second.headline, first.headline]


def test_new_pin_comes_after_one_in_the_last_place_there_is(three):
    article, first, second = three
    third = flood("Ottery after the flood")
    for other, position in ((second, LAST_PLACE), (first, LAST_PLACE - 1), (third, None)):
        RelatedChoice.objects.decide(article, other, PIN, position=position)
    assert shown(article) == [first.headline, second.headline, third.headline]
    assert list(RelatedChoice.objects.order_by("pk").values_list("position", flat=True)) == [2, 1, 3]


def test_place_behind_the_last_one_is_refused_in_words(three):
    with pytest.raises(ValidationError, match="at most 32767"):
        RelatedChoice.objects.decide(three[0], three[1], PIN, position=LAST_PLACE + 1)


def test_pin_keeps_the_score_that_the_program_gave(three):
    article, other, _ = three
    score = article.related_links.get(related=other).score
    RelatedChoice.objects.decide(article, other, PIN)
    link = article.related_links.get(related=other)
    assert (link.score, link.is_pinned, link.reason) == (score, True, "Editors' choice")


def test_pin_whose_link_was_lost_is_shown_again_when_the_article_is_related():
    article, other = flood("Sarn dyke breaks"), make.article("Cellist plays Bach", at=NOON - DAY, standfirst="")
    RelatedChoice.objects.decide(article, other, PIN)
    RelatedLink.objects.all().delete()
    related.relate(article, at=NOON)
    assert stored(article) == [("Cellist plays Bach", True)]


@pytest.mark.django_db(transaction=True)
def test_pin_that_is_made_while_the_article_is_related_stays():
    article, other = flood("Sarn dyke breaks"), make.article("Cellist plays Bach", at=NOON - DAY, standfirst="")
    related_again(article, other)
    RelatedLink.objects.create(article=article, related=other, score=0.5, position=0, reason="Why")  # it is stale
    meanwhile(lambda: RelatedChoice.objects.decide(article, other, PIN), lambda: related.relate(article, at=NOON))
    assert stored(article) == [("Cellist plays Bach", True)]


def test_pin_takes_no_place_of_the_sixteen_that_the_program_finds():
    article, *_ = [flood(f"Sarn dyke {place}") for place in range(18)]
    related.relate_everything(at=NOON)
    RelatedChoice.objects.decide(article, article.related_links.order_by("-score")[0].related, PIN)
    related.relate(article, at=NOON)
    assert article.related_links.filter(is_pinned=False).count() == 16


def test_pinned_article_is_shown_only_while_it_is_public(three):
    article = three[0]
    for state in ("draft", "scheduled", "embargoed", "expired", "withdrawn"):
        hidden = getattr(make, state)(f"Hidden: {state}", outlet="Z")
        RelatedChoice.objects.decide(article, hidden, PIN)
    assert not [headline for headline in shown(article) if headline.startswith("Hidden")]
    other = make.article("Seen", at=NOON - HOUR, outlet="Z")
    RelatedChoice.objects.decide(article, other, PIN)
    assert "Seen" in shown(article)


def test_pin_that_is_taken_back_goes_at_once_and_the_program_looks_again(three):
    article, other, _ = three
    RelatedChoice.objects.decide(article, other, PIN)
    Due.objects.all().delete()
    assert RelatedChoice.objects.take_back(article, other)
    assert [headline for headline, _ in stored(article)] == ["Sarn dyke inspected"]
    assert planned() == sorted([article.pk, other.pk])
    related_again(article)
    assert (other.headline, False) in stored(article)


# blocks


def test_block_takes_the_link_away_here_only(three):
    article, other, third = three
    RelatedChoice.objects.decide(article, other, BLOCK)
    assert (shown(article), other.headline in shown(other)) == ([third.headline], False)
    assert article.headline in shown(other)


def test_article_that_is_blocked_here_is_offered_to_the_other_all_the_same(three):
    article, other, _ = three
    RelatedChoice.objects.decide(article, other, BLOCK)
    RelatedLink.objects.all().delete()
    related.relate(article, at=NOON)
    assert set(RelatedLink.objects.filter(article=other).values_list("related", flat=True)) == {article.pk}
    assert not RelatedLink.objects.filter(article=article, related=other).exists()


def test_block_both_ways_takes_both_links_away(three):
    article, other, third = three
    RelatedChoice.objects.decide(article, other, BOTH)
    assert (shown(article), shown(other)) == ([third.headline], [third.headline])


@pytest.mark.parametrize("choice", [BLOCK, BOTH])
def test_program_never_brings_back_what_is_blocked(three, choice):
    article, other, third = three
    RelatedChoice.objects.decide(article, other, choice)
    related_again(*reversed(three), *three)
    assert shown(article) == [third.headline]
    assert (article.headline in shown(other)) == (choice == BLOCK)


def test_block_that_is_taken_back_lets_the_program_link_again(three):
    article, other, _ = three
    RelatedChoice.objects.decide(article, other, BOTH)
    RelatedChoice.objects.take_back(article, other)
    related_again(article)
    assert other.headline in shown(article)
    assert article.headline in shown(other)


def test_pin_that_becomes_a_block_is_gone(three):
    article, other, third = three
    RelatedChoice.objects.decide(article, other, PIN)
    RelatedChoice.objects.decide(article, other, BLOCK)
    assert stored(article) == [(third.headline, False)]
    assert RelatedChoice.objects.count() == 1


def test_choice_that_is_given_to_another_article_leaves_the_first_one_free(three):
    article, other, third = three
    row = RelatedChoice.objects.decide(article, other, PIN)
    row.other = third
    row.save()
    assert stored(article) == [(third.headline, True)]
    assert planned() == sorted(each.pk for each in three)


def test_block_and_its_effect_are_stored_together_or_not_at_all(three):
    article, other, _ = three
    before = stored(article)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        RelatedChoice.objects.decide(article, other, BLOCK)
        raise ZeroDivisionError
    assert (stored(article), RelatedChoice.objects.count()) == (before, 0)


# what cannot be


def test_editors_cannot_contradict_each_other(three):
    article, other, _ = three
    RelatedChoice.objects.decide(article, other, PIN)
    with pytest.raises(ValidationError, match="Unpin it there first"):
        RelatedChoice.objects.decide(other, article, BOTH)
    RelatedChoice.objects.decide(article, other, BOTH)
    with pytest.raises(ValidationError, match="blocks this one both ways"):
        RelatedChoice.objects.decide(other, article, PIN)
    assert list(RelatedChoice.objects.values_list("article", "choice")) == [(article.pk, "both")]


def test_article_cannot_be_pinned_to_itself(three):
    with pytest.raises(ValidationError, match="not related to itself"):
        RelatedChoice.objects.decide(three[0], three[0], PIN)
    with pytest.raises(IntegrityError), transaction.atomic():
        RelatedChoice.objects.bulk_create([RelatedChoice(article=three[0], other=three[0], choice=PIN)])


# locks


def test_lock_binds_the_program_and_not_the_editors(three):
    article, other, third = three
    Article.objects.filter(pk=article.pk).update(related_is_locked=True)
    fourth = flood("Sarn dyke breaks at Ottery again")
    before = stored(article)
    related_again(fourth, *three)
    assert stored(article) == before
    RelatedChoice.objects.decide(article, other, BLOCK)
    RelatedChoice.objects.decide(article, fourth, PIN)
    assert stored(article) == [(fourth.headline, True), (third.headline, False)]


@pytest.mark.parametrize(
    ("change", "is_kept"),
    [
        ({"kind": "sponsored", "sponsor": "A spa"}, False),
        ({"headline": "Bach", "standfirst": "", "body": "<p>Bach.</p>"}, True),
    ],
)
def test_locked_article_keeps_its_link_to_another_subject_and_none_to_what_was_paid_for(three, change, is_kept):
    article, other, _ = three
    Article.objects.filter(pk=article.pk).update(related_is_locked=True)
    Article.objects.filter(pk=other.pk).update(**change)
    related.relate(other, at=NOON)
    assert set(RelatedLink.objects.filter(related=other).values_list("article", flat=True)) == (
        {article.pk} if is_kept else set()
    )


@pytest.mark.parametrize("which", [0, 1])
def test_locked_list_comes_back_with_an_article_that_was_withdrawn(three, which):
    article = three[0]
    Article.objects.filter(pk=article.pk).update(related_is_locked=True)
    before = stored(article)
    (gone := Article.objects.get(pk=three[which].pk)).withdraw(by=None, at=NOON, outcome="gone", reason="Wrong.")
    related_again(*three)
    gone.publish(by=None, at=NOON)
    related_again(*three)
    assert (stored(article), len(before)) == (before, 2)


def test_locked_article_still_hides_what_was_withdrawn(three):
    article, other, third = three
    Article.objects.filter(pk=article.pk).update(related_is_locked=True)
    other.withdraw(by=None, at=NOON, outcome="gone", reason="Wrong.")
    assert shown(article) == [third.headline]


def test_deleted_article_takes_its_choices_along(three):
    article = three[0]
    draft = make.draft("Begun", outlet="Z")
    RelatedChoice.objects.decide(article, draft, PIN)
    draft.delete()
    assert (RelatedChoice.objects.count(), RelatedLink.objects.filter(is_pinned=True).count()) == (0, 0)
