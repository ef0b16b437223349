"""A text put before the rules as if a reader had sent it, and nothing stored."""

from dataclasses import dataclass

from articles.models import Article, Comment, WordRule
from articles.moderation.pipeline import Facts, Verdict, judge
from articles.text import folding


@dataclass(frozen=True)
class Trial:
    """The verdict, the WordRules that the text holds as (rule, the words as written), and the text in pieces."""

    verdict: Verdict
    found: list
    pieces: list


def try_text(body, *, name, outlet, at):
    """Return the Trial of ``body`` as a comment of the guest ``name`` under an article of ``outlet``."""
    comment = Comment(article=Article(outlet=outlet), name=name, body=body)
    comment.tidy()
    verdict = judge(comment, Facts(at=at))
    rules = {rule.phrase: rule for rule in WordRule.objects.for_outlet(comment.article.outlet_id)}
    written = folding.find(rules, f"{comment.name}\n{comment.body}")
    found = [(rules[phrase], words) for phrase, words in written.items()]
    return Trial(verdict, found, folding.mark([*rules, *_links(verdict)], comment.body))


def _links(verdict):
    return [address for hit in verdict.hits if hit.rule == "links" for address in hit.words.split()]
