"""The same text in several outlets: found however old, told apart when it is edited, named once."""

import random
import threading
import zlib

import pytest
from django.db import connection
from django.utils import timezone

from articles import related
from articles.models import Article, PostingList, RelatedLink, TermVector
from articles.related import postings
from articles.related.preview import preview, stored
from articles.text import shingles
from tests import make
from tests.make import HOUR
from tests.related.prints import WORDS, a_text, body, edit, firsts, printed
from tests.related.reports import concert, flood, relate, shown

pytestmark = pytest.mark.django_db

CHINESE = (
    "萨恩河堤坝在奥特里决口，夜间四十栋房屋被淹，消防队员用船只救出居民。市长表示，水位仍在上升"
    "，学校今天关闭。气象部门预计周末还有大雨，专家警告下游城镇要做好准备，港口管理局已经停止渡"
    "轮服务，桥梁也对卡车关闭。"
)
JAPANESE = (
    "サーン川の堤防がオタリーで決壊し、夜間に四十棟の住宅が浸水した。消防隊はボートで住民を救助"
    "した。市長は水位がなお上昇していると述べ、学校は休校となった。気象庁は週末に大雨を予想し、"
    "下流の町に警戒を呼びかけた。"
)
THAI = (
    "เขื่อนแม่น้ำซาร์นแตกที่เมืองออตเทอรีในเวลากลา"
    "งคืนบ้านสี่สิบหลังถูกน้ำท่วมเจ้าหน้าที่ดับเพล"
    "ิงใช้เรือช่วยเหลือประชาชนนายกเทศมนตรีกล่าวว่า"
    "ระดับน้ำยังคงสูงขึ้นโรงเรียนปิดวันนี้"
)


def items(article):
    """Return what the module shows: the outlet of each item, and those it also ran in."""
    found = related.links_for(article, at=timezone.now())
    return [(item.outlet.name, [outlet.name for outlet in item.also_in]) for item in found]


def told(words):
    """Return half of ``words`` and as many others: a report of the same event that is no copy."""
    return words[::2] + a_text("own", 120, ["other", "words", "are", "told"])


# --- which is a copy of which -----------------------------------------------------------------------------------------


def test_every_print_names_the_first_whatever_order_they_come_in():
    wire = a_text(1)
    second, third = printed("Second", wire, hours=3), printed("Third", wire, hours=2)
    relate(second, third)
    first = printed("First", wire, hours=4)
    relate(first)
    report = printed("Own", told(wire))
    relate(report)
    assert firsts(first, second, third) == [None, "First", "First"]
    ((shown, others),) = items(report)
    assert {shown, *others} == {"First", "Second", "Third"}


def test_first_print_that_is_edited_is_told_apart_and_its_copies_stay_together():
    wire = a_text(1)
    prints = [printed(name, wire, hours=hours) for name, hours in (("First", 4), ("Second", 3), ("Third", 2))]
    relate(*prints)
    edit(prints[0], told(wire))
    assert firsts(*prints) == [None, None, "Second"]


def test_copy_that_is_edited_is_no_copy_any_more_and_again_one_when_that_is_undone():
    wire = a_text(1)
    first, second = printed("First", wire, hours=4), printed("Second", wire, hours=3)
    relate(first, second)
    edit(second, told(wire))
    assert firsts(first, second) == [None, None]
    edit(second, wire)
    assert firsts(first, second) == [None, "First"]


def test_copies_of_a_withdrawn_print_stay_together():
    wire = a_text(1)
    names = ("First", 4), ("Second", 3), ("Third", 2), ("Fourth", 1)
    first, *others = [printed(name, wire, hours=hours) for name, hours in names]
    relate(first, *others)
    first.withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong.")
    assert firsts(*others) == [None, "Second", "Second"]
    edit(others[0], told(wire))
    assert firsts(*others) == [None, None, "Third"]


def test_deleted_print_is_named_by_none():
    wire = a_text(1)
    first, second = printed("First", wire, hours=4), printed("Second", wire, hours=3)
    relate(first, second)
    first.delete()
    assert TermVector.objects.get(article=second).copy_of is None


def test_print_that_turns_out_to_be_paid_for_is_no_print():
    wire = a_text(1)
    prints = [printed(name, wire, hours=hours) for name, hours in (("First", 4), ("Second", 3), ("Third", 2))]
    relate(*prints)
    type(prints[0]).objects.filter(pk=prints[0].pk).update(kind="sponsored", sponsor="A mill")
    relate(prints[0])
    assert firsts(*prints) == [None, None, "Second"]


def test_print_that_was_paid_for_meanwhile_is_named_by_none_whoever_is_related():
    wire = a_text(1)
    prints = [printed(name, wire, hours=hours) for name, hours in (("First", 4), ("Second", 3), ("Third", 2))]
    relate(*prints)
    Article.objects.filter(pk=prints[0].pk).update(kind="sponsored", sponsor="A mill")
    relate(prints[2])
    assert firsts(*prints) == [None, None, "Second"]


def test_of_prints_of_one_second_the_one_that_was_stored_first_is_the_first():
    at, text = timezone.now() - HOUR, body(a_text(1))
    prints = [make.article("Sarn", outlet=name, body=text, at=at) for name in ("First", "Second", "Third")]
    relate(*reversed(prints))
    assert firsts(*prints) == [None, "First", "First"]


def test_copy_of_what_it_is_not_like_is_put_right_when_it_is_related():
    article, other = printed("One", a_text(1)), printed("Other", a_text(2))
    relate(article, other)
    TermVector.objects.filter(article=article).update(copy_of=other.pk)
    relate(article)
    assert firsts(article, other) == [None, None]


def test_text_in_between_makes_no_copies_of_two_that_are_not_alike():
    wire = a_text(1, 300)
    whole, middle, half = (
        printed(f"Paper {words}", wire[:words], hours=hours) for words, hours in ((300, 3), (220, 2), (150, 1))
    )
    relate(whole, middle, half)
    assert shingles.likeness(signature(middle), signature(half)) >= 0.6
    assert shingles.likeness(signature(whole), signature(half)) < 0.6
    assert firsts(whole, middle, half) == [None, "Paper 300", None]


def test_text_that_is_like_two_that_are_not_alike_is_a_copy_of_the_first():
    wire = a_text(1, 300)
    whole, half, middle = (
        printed(f"Paper {words}", wire[:words], hours=hours) for words, hours in ((300, 3), (150, 2), (220, 1))
    )
    relate(whole, half, middle)
    assert firsts(whole, half, middle) == [None, None, "Paper 300"]


def signature(article):
    return bytes(TermVector.objects.get(article=article).signature)


def test_contradiction_heals_when_any_of_the_prints_is_related_again():
    wire = a_text(1)
    prints = [printed(name, wire, hours=hours) for name, hours in (("First", 4), ("Second", 3), ("Third", 2))]
    relate(*prints)
    for again in prints:
        TermVector.objects.filter(article=prints[0]).update(copy_of=prints[2].pk)
        TermVector.objects.filter(article=prints[1]).update(copy_of=None)
        TermVector.objects.filter(article=prints[2]).update(copy_of=prints[1].pk)
        relate(again)
        assert firsts(*prints) == [None, "First", "First"]


@pytest.mark.django_db(transaction=True)
def test_processes_that_relate_prints_of_one_text_at_once_agree():
    wire = a_text(1)
    prints = [printed(f"Paper {number}", wire, hours=9 - number) for number in range(8)]
    start = threading.Barrier(4)

    def work(mine):
        start.wait()
        relate(*mine)
        connection.close()

    threads = [threading.Thread(target=work, args=[prints[::-1][place::4]]) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert firsts(*prints) == [None, *["Paper 0"] * 7]


# --- what is found ----------------------------------------------------------------------------------------------------


def test_text_that_ran_long_ago_is_found_among_hundreds_of_newer_ones_like_it():
    few = WORDS[:7]
    old = printed("Wire", a_text("wire", 200, few), hours=48)
    relate(old)
    crowd = {}
    for number in range(postings.MOST + 60):  # more than any list of terms leads to
        crowd[1000 + number] = [(term, 900) for term in TermVector.objects.get().posted()]
    postings.replace({}, crowd)
    postings.replace({}, {2000 + number: pairs for number, pairs in enumerate(crowd.values())})
    copy = printed("Paper", a_text("wire", 200, few))
    relate(copy)
    assert firsts(old, copy) == [None, "Wire"]
    assert RelatedLink.objects.get(article=copy, related=old).likeness == 1


def test_copies_are_kept_and_shown_to_editors_however_old_they_are():
    wire = a_text(1)
    old = printed("Wire", wire, hours=60 * 24)
    crowd = [printed(f"Paper {number}", random.Random(number).sample(wire, 200)) for number in range(25)]  # noqa: S311
    relate(old, *crowd)
    copy = printed("Late", wire, hours=0)
    relate(copy)
    links = RelatedLink.objects.filter(likeness__gte=0.6)
    assert set(links.values_list("article", "related")) == {(old.pk, copy.pk), (copy.pk, old.pk)}
    found = [finding for finding in preview(copy, at=timezone.now(), links=stored(copy)) if finding.is_copy]
    assert [(finding.article, finding.percent) for finding in found] == [(old, 100)]


@pytest.mark.parametrize(("share", "least"), [(0.65, 0.97), (0.8, 1.0), (0.95, 1.0)])
def test_bands_find_nearly_all_texts_that_share_as_much(share, least):
    found, vocabulary = 0, [f"{word}{number}" for word in WORDS for number in range(40)]
    for seed in range(150):
        words = a_text(seed, 300, vocabulary)
        kept = round(len(words) * 2 * share / (1 + share))
        one, other = (
            shingles.sign(" ".join(words[:kept] + a_text(f"{seed}{side}", 300 - kept, vocabulary))) for side in "ab"
        )
        found += any(mine == theirs for mine, theirs in zip(shingles.bands(one), shingles.bands(other), strict=True))
    assert found >= least * 150


def test_copy_with_a_lead_of_its_own_and_another_end_is_one():
    wire = a_text(1, 300)
    first, second = printed("First", wire, hours=2), printed("Second", a_text(2, 40) + wire[:-20])
    relate(first, second)
    assert 0.6 <= RelatedLink.objects.get(article=second, related=first).likeness < 1
    assert firsts(first, second) == [None, "First"]


@pytest.mark.parametrize("text", [CHINESE, JAPANESE, THAI], ids=["Chinese", "Japanese", "Thai"])
def test_copies_are_found_in_scripts_without_spaces(text):
    own = text[: len(text) // 3] + text[len(text) // 3 :][::-1]
    first, second = printed("First", [text], hours=3), printed("Second", [text], hours=2)
    prints = [first, second, printed("Own", [own])]
    relate(*prints)
    assert firsts(*prints) == [None, "First", None]


def test_marks_that_belong_to_letters_do_not_break_words():
    text = "दिल्ली में यमुना की बाढ़ से चालीस मकान डूबे और लोग रात भर छतों पर फँसे रहे"  # 17 words
    assert (shingles.sign(text), len(shingles.sign(f"{text} {text}"))) == (b"", 128)


def test_letter_is_the_same_however_its_accent_is_written():
    words = a_text(1, 60)
    composed, apart = (shingles.sign(" ".join(words).replace("e", accented)) for accented in ("é", "e\u0301"))
    assert composed == apart


def test_what_is_stored_of_a_text_is_the_same_on_every_machine():
    signed = [shingles.sign(" ".join(f"word{n}" for n in range(700))), shingles.sign(CHINESE)]
    assert [f"{zlib.crc32(each):08x}" for each in signed] == ["d5b4ee2e", "bf7b387f"]
    assert [(len(shingles.bands(each)), shingles.bands(each)[1]) for each in signed] == [
        (16, (9412, 11772)),
        (16, (5249, 1460)),
    ]


@pytest.mark.parametrize(("words", "length"), [(24, 0), (25, 128)])
def test_text_of_fewer_than_25_words_is_never_called_a_copy(words, length):
    assert len(shingles.sign(" ".join(a_text(1, words)))) == length


def test_first_600_words_of_a_text_tell_which_it_is():
    words, end = a_text(1, 700), a_text(2, 100)
    whole, same, other = (shingles.sign(" ".join(each)) for each in (words, words[:600] + end, words[:520] + end))
    assert (shingles.likeness(whole, same), shingles.likeness(whole, other) < 1) == (1, True)


def test_capitals_make_no_other_text():
    words = " ".join(a_text(1, 60))
    assert shingles.sign(words.upper()) == shingles.sign(words)


@pytest.mark.parametrize(("agreeing", "is_copy"), [(38, False), (39, True)])
def test_texts_are_the_same_from_three_fifths_of_their_runs_on(agreeing, is_copy):
    wire = a_text(1)
    first, second = printed("First", wire, hours=2), printed("Second", wire)
    relate(first)
    own = signature(first)[: 2 * agreeing] + bytes(byte ^ 255 for byte in signature(first)[2 * agreeing :])
    TermVector.objects.filter(article=first).update(signature=own)
    relate(second)
    assert firsts(first, second) == [None, "First" if is_copy else None]


def test_print_keeps_its_bands_when_another_is_weighed_beside_it():
    wire = a_text(1)
    first = printed("First", wire, hours=2)
    relate(first)
    printed("Second", wire)  # nobody has related it yet
    related.relate_everything(at=timezone.now())
    bands = {term for term, _ in postings.bands(signature(first))}
    lists = PostingList.objects.filter(term__in=bands)
    assert len(bands) == sum(
        any(pk == first.pk for pk, _ in PostingList.ENTRY.iter_unpack(each.entries)) for each in lists
    )


def test_edit_is_seen_though_all_of_today_are_related_anew_before_it_is_due():
    first, edited = printed("First", a_text(1), hours=72), printed("Edited", a_text(1), hours=1)
    relate(first, edited)
    assert firsts(first, edited) == [None, "First"]
    edited.refresh_from_db()
    edited.headline, edited.body = "Zebras graze", "<p>Nothing but zebras in the zoo, and nobody minds them.</p>"
    edited.save()
    related.relate_everything(at=timezone.now(), since=timezone.now() - 24 * HOUR)
    relate(edited)
    assert (firsts(first, edited), RelatedLink.objects.filter(likeness__gt=0.5).count()) == ([None, None], 0)


def test_16_links_to_copies_are_kept():
    prints = [printed(f"Paper {number}", a_text(1)) for number in range(36)]
    relate(*prints)
    assert {prints[0].related_links.count(), prints[35].related_links.count()} == {16}


def test_text_that_twenty_outlets_ran_still_shows_the_other_reports_of_its_event():
    others = [flood(f"Sarn dyke breaks at Ottery, says {name}", outlet=name) for name in ("Ada", "Bo", "Cy")]
    wire = [printed(f"Sarn dyke breaks at Ottery {number}", a_text(1)) for number in range(20)]
    relate(*others, *wire, *[concert(f"Cellist {number} plays suite {number}") for number in range(20)])
    assert {other.headline for other in others} <= set(shown(wire[0]))


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_sign_that_nobody_sees_makes_no_other_text(sign):
    words = a_text(1, 60)
    assert shingles.sign(" ".join(word[:3] + sign + word[3:] for word in words)) == shingles.sign(" ".join(words))


def test_edited_text_is_found_by_its_new_bands_only():
    wire, other = a_text(1), a_text(2)
    article = printed("First", wire)
    relate(article)
    edit(article, other)
    assert banded() == {(term, article.pk, check) for term, check in postings.bands(signature(article))}
    related.relate_everything(at=timezone.now())
    assert banded() == {(term, article.pk, check) for term, check in postings.bands(signature(article))}
    related.forget(article.pk)
    assert banded() == set()


def banded():
    lists = related_lists()
    return {(term, *entry) for term, entries in lists for entry in postings.PostingList.ENTRY.iter_unpack(entries)}


def related_lists():
    return postings.PostingList.objects.filter(term__gte=postings.PostingList.BANDS).values_list("term", "entries")


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_outlet_that_ran_a_text_twice_is_named_once_and_never_beside_itself():
    wire = a_text(1)
    prints = [printed(outlet, wire, hours=5 - place) for place, outlet in enumerate(["A", "A", "B", "B"])]
    report = printed("Own", told(wire))
    relate(*prints, report)
    assert sorted(items(report)[0][1] + [items(report)[0][0]]) == ["A", "B"]
    assert [copy.outlet.name for copy in related.links_for(prints[0], at=timezone.now()).copies] == ["B"]


def test_weak_links_to_one_text_are_one_item():
    wire, article = a_text(1), printed("Own", a_text(3, 30))
    prints = [printed(outlet, wire, section=make.section(outlet)) for outlet in "AB"]
    relate(article, *prints)
    RelatedLink.objects.all().delete()
    RelatedLink.objects.bulk_create(
        RelatedLink(article=article, related=other, position=0, score=0.1, reason="Alike in words") for other in prints
    )
    assert len(items(article)) == 1


def test_further_prints_of_a_text_are_not_offered_as_more_on_it():
    prints = [printed(f"Paper {number}", a_text(1)) for number in range(3)]
    relate(*prints)
    RelatedLink.objects.filter(related=prints[2]).delete()
    RelatedLink.objects.filter(article=prints[2]).delete()
    unlike = flood("Cellist plays Bach", standfirst="", body="<p>Bach.</p>")
    assert [items(article) for article in prints] == [[(unlike.outlet.name, [])]] * 3
