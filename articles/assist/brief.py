"""In brief: the sentences that stand for an article, by a program unless an editor chose."""

from articles.assist.key_points import choose
from articles.models import KeyPointsChoice, ReadingAid
from articles.text import plain, sentences


def sentences_of(article):
    """Return ``[{"text": sentence, "paragraph": number}]`` of the whole article, in order."""
    return [
        {"text": sentence, "paragraph": number}
        for number, paragraph in enumerate(plain.paragraphs(article.body), start=1)
        for sentence in sentences.split(paragraph)
    ]


def key_points_for(article):
    """Return the key points and who they are by; an editor's stand as long as they hold. One query."""
    kept = KeyPointsChoice.objects.filter(article=article).first()
    placed = placed_in(article, kept) if kept else None
    if placed is None:
        return by_program(article), ReadingAid.By.PROGRAM
    is_written = any(point["is_own"] for point in kept.points)
    return placed, ReadingAid.By.WRITTEN if is_written else ReadingAid.By.CHOSEN


def by_program(article):
    return choose(headline=article.headline, standfirst=article.standfirst, body=article.body)


def placed_in(article, kept):
    """Return an editor's points with their paragraphs of today, None where the article no longer says one of them."""
    places = {}
    for sentence in sentences_of(article):
        places.setdefault(sentence["text"], sentence["paragraph"])
    own_hold = kept.source_hash == article.source_hash
    placed = []
    for point in kept.points:
        if point["is_own"] and own_hold:
            placed.append({"text": point["text"], "paragraph": 0})
        elif not point["is_own"] and point["text"] in places:
            placed.append({"text": point["text"], "paragraph": places[point["text"]]})
        else:
            return None
    return placed


def choose_by_hand(article, points, *, by, at):
    """Store the editor's ``points``, texts in the order to show; which are their own is found here."""
    said = {sentence["text"] for sentence in sentences_of(article)}
    rows = [{"text": text, "is_own": text not in said} for text in points]
    fields = {"points": rows, "source_hash": article.source_hash, "by": by, "at": at}
    return KeyPointsChoice.objects.update_or_create(article=article, defaults=fields)[0]


def leave_to_program(article):
    for kept in KeyPointsChoice.objects.filter(article=article):
        kept.delete()
