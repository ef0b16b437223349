"""Texts of every kind: long ones, empty ones, in languages with and without spaces between their words."""

import time

import pytest
from django.utils import timezone

from articles import related
from articles.models import Outlet, RelatedLink, TermVector
from tests import make
from tests.related.reports import concert, flood, postings, relate, shown

pytestmark = pytest.mark.django_db

# The same event twice, and something else, in each language.
TOLD = {
    "de": (
        ("Deich der Sarn bricht bei Ottery", "In der Nacht brach der Deich, vierzig Häuser stehen im Wasser."),
        ("Nach dem Deichbruch: Ottery unter Wasser", "Vierzig Häuser in Ottery wurden überschwemmt, der Deich brach."),
        ("Cellistin spielt Bach", "Ein Abend in der Kirche, ausverkauft bis auf den letzten Platz."),
    ),
    "fr": (
        ("La digue de la Sarn cède à Ottery", "Quarante maisons inondées dans la nuit, la digue a cédé."),
        ("Ottery sous les eaux après la rupture de la digue", "Les maisons sont inondées depuis que la digue céda."),
        ("Une violoncelliste joue Bach", "Une soirée dans la petite église, complète depuis lundi."),
    ),
    "ar": (
        ("انهيار سد سارن في أوتري", "غمرت المياه أربعين منزلا في أوتري بعد انهيار السد ليلا."),
        ("أوتري تحت المياه بعد انهيار السد", "المياه تغمر المنازل في المدينة منذ انهيار سد سارن."),
        ("عازفة تعزف باخ", "أمسية موسيقية في الكنيسة القديمة حضرها الكثيرون."),
    ),
    "ja": (
        ("サーン川の堤防がオタリーで決壊", "夜間に堤防が決壊し、四十棟の住宅が浸水した。"),
        ("堤防決壊でオタリーの住宅が浸水", "サーン川の水が住宅地に流れ込んだ。"),
        ("チェロ奏者がバッハを演奏", "古い教会での夕べは満席だった。"),
    ),
    "zh-hans": (
        ("萨恩河堤坝在奥特里决口", "夜间堤坝决口，四十栋房屋被淹。"),
        ("堤坝决口后奥特里房屋被淹", "萨恩河的水流入居民区。"),
        ("大提琴家演奏巴赫", "老教堂里的音乐会座无虚席。"),
    ),
    "xx": (
        ("Sarno pylimas griuvo Otterioje", "Naktį pylimas griuvo, keturiasdešimt namų vandenyje."),
        ("Otterioje pylimas griuvo", "Namų daug po vandeniu, pylimas netaisytas."),
        ("Violončelininkė groja Bachą", "Vakaras senoje bažnyčioje."),
    ),
}


@pytest.mark.parametrize("language", TOLD)
def test_reports_of_one_event_find_each_other_in_every_language(language):
    relate(*[concert(f"Cellist {number} plays Bach") for number in range(4)])
    texts = [
        make.article(headline, language=language, standfirst="", body=f"<p>{body}</p>", outlet=f"{language} {n}")
        for n, (headline, body) in enumerate(TOLD[language])
    ]
    relate(*texts)
    one, other, music = texts
    assert (shown(one)[0], shown(other)[0]) == (other.headline, one.headline)
    assert music.headline not in {shown(one)[0], shown(other)[0]}


NEWEST = ["Sarn dyke mended", "Sarn dyke breaks at Ottery"]  # of the section, shown where no link leads anywhere


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ({"headline": "Und", "body": "", "standfirst": ""}, ["Und"]),
        ({"headline": "The", "body": "<p>The</p>", "standfirst": "the"}, [*NEWEST, "The"]),
        ({"headline": "—", "body": "<p>…</p>", "standfirst": ""}, [*NEWEST, "—"]),
        ({"headline": "🌊", "body": "<p>🌊🌊</p>", "standfirst": ""}, [*NEWEST, "🌊"]),
        ({"headline": "7", "body": "<p>7</p>", "standfirst": ""}, ["7"]),
        ({"headline": "Flood", "body": "", "standfirst": ""}, ["Flood"]),
    ],
    ids=["nothing", "stop words", "signs", "pictures", "a digit", "one word"],
)
def test_article_with_next_to_no_text_shows_its_like_or_the_newest(text, found):
    outlet = make.outlet("Headlines", text_shown=Outlet.TextShown.LINK)
    made = [make.article(outlet=outlet, original_url=f"https://a.example/{n}", **text) for n in range(2)]
    relate(flood(), *made, flood("Sarn dyke mended"))
    vectors = TermVector.objects.filter(article__in=made)
    assert [vector.norm > 0 for vector in vectors] == [True, True]
    assert (shown(made[0]), related.links_for(made[0], at=timezone.now()).copies) == (found, [])


def test_two_articles_of_one_word_find_each_other():
    one, other = (make.article("Flood", body="<p>Flood</p>", standfirst="", outlet=name) for name in "AB")
    relate(*[concert(f"Cellist {number} plays Bach") for number in range(3)], one, other)
    assert shown(one)[0] == "Flood"
    assert RelatedLink.objects.get(article=one, related=other).score > 0.5


def test_article_of_50_000_words_costs_no_more_than_a_long_one():
    words = "dyke water meadow bridge house road school mill quay gauge morning family boat field rain church".split()
    body = "".join(f"<p>{' '.join(words[(n + m) % 16] + str(n % 97) for m in range(100))}</p>" for n in range(500))
    book, other = flood("Sarn: the whole report", body=body), flood("Sarn dyke breaks", body=body[:4000] + "</p>")
    relate(other)
    start = time.process_time()
    relate(book)
    assert time.process_time() - start < 2
    link = RelatedLink.objects.get(article=book, related=other)
    assert (round(link.score, 2), link.likeness > 0.9, link.reason) == (1.0, True, "The same text")
    assert [copy.headline for copy in related.links_for(book, at=timezone.now()).copies] == ["Sarn dyke breaks"]
    vector = TermVector.objects.get(article=book)
    assert (len(vector.unpack()) <= 192, len([1 for _, pk, _ in postings() if pk == book.pk]) <= 24) == (True, True)


def test_words_that_no_alphabet_has_are_stored_and_found_again():
    odd = "\u0000".join(["\ud83d\ude00" * 3, "ﬁre", "１２３", "ﷺ", "a\u0301" * 40, "x" * 5000]).replace("\u0000", " ")
    one, other = (make.article("Odd", standfirst="", body=f"<p>{odd}</p>", outlet=name) for name in "AB")
    relate(one, other)
    assert RelatedLink.objects.filter(article=one, related=other).exists()


def test_index_holds_what_is_told_of_it():
    article = flood(at=timezone.now())
    relate(article)
    vector = TermVector.objects.get()
    assert vector.pack(vector.unpack()) == (bytes(vector.numbers), bytes(vector.weights))
