"""How good the reading aid is: key points against two baselines, and questions with known passages.

Key points, over the demo's articles and over each CORPUS.jsonl (one JSON object a line with ``title`` and ``body``):
verbatim is the share of points that stand in the text word for word; coverage the cosine of the points' terms with the
whole text's, weighted by rarity; redundancy the mean cosine of two points of one article, less is better. Lead takes as
many first sentences; TextRank (Mihalcea and Tarau, 2004) the most central ones of a graph of shared terms.
Questions, over the demo: those with an answer in the text, and those without. ``first`` counts where the first passage
holds the known words, precision is of those answered at all, refusals are of those without an answer.
"""

import argparse
import json
import math
import time
from collections import Counter
from itertools import combinations
from pathlib import Path

from tests.benchmarks.scratch import set_up

QUESTIONS = Path(__file__).parent / "questions.json"
DAMPING, ROUNDS = 0.85, 30  # of TextRank, as in the paper


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="*", type=Path, help="more texts to choose key points from")
    parser.add_argument("--wrong", action="store_true", help="print the questions that went wrong")
    asked = parser.parse_args()
    set_up()
    print(f"{'texts':<22}{'with':>6}{'points':>8}{'verbatim':>10}{'':>4}{'coverage':>10}{'redundancy':>12}")
    show_key_points("the demo", demo_articles())
    for corpus in asked.corpus:
        rows = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines() if line.strip()]
        show_key_points(corpus.stem, [{"headline": row["title"], "body": as_html(row["body"])} for row in rows])
    show_questions(asked.wrong)


def demo_articles():
    from django.conf import settings

    rows = json.loads((settings.BASE_DIR / "fixtures" / "articles.json").read_text(encoding="utf-8"))
    return [row["fields"] for row in rows if row["model"] == "articles.article"]


def as_html(text):
    from html import escape

    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n") if line.strip())


# --- key points -------------------------------------------------------------------------------------------------------


def show_key_points(name, articles):
    from articles import assist
    from articles.text import plain, sentences

    measured, verbatim = {"chosen": [], "lead": [], "TextRank": []}, []
    for article in articles:
        points = assist.choose(
            headline=article["headline"], standfirst=article.get("standfirst", ""), body=article["body"]
        )
        if not points:
            continue
        paragraphs = plain.paragraphs(article["body"])
        verbatim += [point["text"] in paragraphs[point["paragraph"] - 1] for point in points]
        everything = [sentence for paragraph in paragraphs for sentence in sentences.split(paragraph)]
        weigh = weights_of(everything)
        rivals = {
            "chosen": [point["text"] for point in points],
            "lead": everything[: len(points)],
            "TextRank": text_rank(everything, weigh)[: len(points)],
        }
        for rival, texts in rivals.items():
            measured[rival].append((coverage(texts, everything, weigh), redundancy(texts, weigh)))
    share = f"{100 * sum(verbatim) / max(1, len(verbatim)):.1f} %"
    for rival, rows in measured.items():
        mean = [sum(column) / max(1, len(rows)) for column in zip(*rows, strict=True)] or [0, 0]
        head = f"{name:<22}{len(rows):>6}{len(verbatim):>8}{share:>10}" if rival == "chosen" else " " * 46
        print(f"{head}  {rival:<10}{mean[0]:>4.3f}{mean[1]:>12.3f}")


def weights_of(everything):
    """Return a function that weighs a text's terms by how rare they are among the sentences ``everything``."""
    from articles.text import terms

    spread = Counter(term for sentence in everything for term in set(terms.of(sentence)))

    def weigh(text):
        counts = Counter(terms.of(text))
        return {term: n * math.log(1 + len(everything) / (1 + spread[term])) for term, n in counts.items()}

    return weigh


def cosine(one, other):
    shared = sum(weight * other[term] for term, weight in one.items() if term in other)
    size = math.sqrt(sum(w * w for w in one.values())) * math.sqrt(sum(w * w for w in other.values()))
    return shared / size if size else 0.0


def coverage(texts, everything, weigh):
    return cosine(weigh(" ".join(texts)), weigh(" ".join(everything)))


def redundancy(texts, weigh):
    pairs = list(combinations([weigh(text) for text in texts], 2))
    return sum(cosine(one, other) for one, other in pairs) / max(1, len(pairs))


def text_rank(everything, weigh):
    """Return the sentences, the most central first."""
    sets = [set(weigh(sentence)) for sentence in everything[:200]]
    ties = [[0.0] * len(sets) for _ in sets]
    for one, other in combinations(range(len(sets)), 2):
        if len(sets[one]) > 1 and len(sets[other]) > 1:
            tie = len(sets[one] & sets[other]) / (math.log(len(sets[one])) + math.log(len(sets[other])))
            ties[one][other] = ties[other][one] = tie
    out = [sum(row) or 1.0 for row in ties]
    ranks = [1.0] * len(sets)
    for _ in range(ROUNDS):
        given = [rank / total for rank, total in zip(ranks, out, strict=True)]
        ranks = [
            1 - DAMPING + DAMPING * sum(tie * gift for tie, gift in zip(row, given, strict=True) if tie) for row in ties
        ]
    return [everything[place] for place in sorted(range(len(sets)), key=lambda place: (-ranks[place], place))]


# --- questions --------------------------------------------------------------------------------------------------------


def show_questions(tells_wrong):
    asked, outcomes, seconds = json.loads(QUESTIONS.read_text(encoding="utf-8")), Counter(), []
    stories = told_together()
    for row in asked:
        started = time.process_time()
        passages = answer(row["question"], stories[row["article"]])
        seconds.append(time.process_time() - started)
        outcome = judge(row["answer"], passages)
        outcomes[outcome] += 1
        if tells_wrong and outcome not in ("first", "refused"):
            print(f"{outcome}: {row['question']} -> {passages[0].text if passages else 'nothing'}")
    answerable = sum(row["answer"] is not None for row in asked)
    answered = answerable - outcomes["missed"]
    print(
        f"\n{'questions':<22}{'with':>6}{'first':>8}{'lower':>8}{'wrong':>8}{'missed':>8}{'precision':>11}{'refused':>12}"
    )
    print(
        f"{len(asked):<22}{answerable:>6}{outcomes['first']:>8}{outcomes['lower']:>8}{outcomes['wrong']:>8}"
        f"{outcomes['missed']:>8}{100 * outcomes['first'] / answered:>9.0f} %"
        f"{outcomes['refused']:>6} of {len(asked) - answerable}"
    )
    print(f"processor time of one: mean {1000 * sum(seconds) / len(seconds):.1f} ms, most {1000 * max(seconds):.1f} ms")


def answer(question, articles):
    from articles.assist import passages
    from articles.text import questions

    return passages.choose(questions.read(question, language=articles[0].language), articles)


def judge(known, passages):
    if known is None:
        return "false" if passages else "refused"
    if not passages:
        return "missed"
    if known in passages[0].text:
        return "first"
    return "lower" if any(known in passage.text for passage in passages) else "wrong"


def told_together():
    """Return ``{uuid: the article and up to five others of its story}``, unsaved, as `assist.ask` would load them."""
    from articles.assist.passages import MOST_ARTICLES
    from articles.models import Article
    from articles.text import html

    rows = demo_articles()
    made = {
        row["uuid"]: Article(
            pk=number, headline=row["headline"], body=html.sanitise(row["body"]), language=row.get("language", "en")
        )
        for number, row in enumerate(rows, start=1)
    }
    silent = {"interview", "live", "sponsored"}
    together = {}
    for row in rows:
        others = [
            made[other["uuid"]]
            for other in rows
            if row.get("story")
            and other.get("story") == row["story"]
            and other is not row
            and other.get("kind", "news") not in silent
            and other.get("language", "en") == row.get("language", "en")
        ]
        together[row["uuid"]] = [made[row["uuid"]], *others[: MOST_ARTICLES - 1]]
    return together


if __name__ == "__main__":
    main()
