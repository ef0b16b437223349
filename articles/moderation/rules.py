"""The rules for comments, in the order in which moderators read what they found.

A rule that holds yields (the words it found, a sentence for the moderator); one that refuses returns {field: a sentence
for the writer}.
"""

from datetime import timedelta
from functools import lru_cache

from django.db.models import Count, Q
from django.utils.translation import gettext

from articles.models import Comment, WordRule
from articles.models.prepared import INSTANT, PK, Prepared
from articles.moderation import learning
from articles.text import comment as comment_text
from articles.text import folding

MOST_LINKS = 0  # a comment with a link waits for a moderator
SHOUTING_LETTERS = 24  # a text of at least so many letters, nearly all capitals, waits
SAME_WORDS = timedelta(hours=1)  # within which the same words again wait
QUICKEST = 2  # seconds to read an article, to write a name and a comment, and to send it
SHORT = 12  # characters: "Thank you." may be said twice
RECORD = timedelta(days=7)  # of a commenter's past
MANY, TOO_MANY = 3, 0.3  # comments decided on in that time, and the part of them that was taken down
# Names that would pass for the newsroom's own, as those of all outlets would.
RESERVED = (
    "admin",
    "administrator",
    "editor",
    "editors",
    "moderator",
    "moderators",
    "newsroom",
    "staff",
    "the editors",
)
ARTICLES = frozenset("the a le la les der die das el los las il lo de het".split())  # before an outlet's name
SURE = 8  # letters of a name that is known within a longer word: "Stafford" and "creditor" hold shorter ones

_GIST, _WHO, _NETWORK = "a gist", -2, "a network"  # stand-ins


# what is refused


def reserved_name(comment, facts):
    """Refuse a name that passes for the newsroom's own: the badge of the staff comes from their account alone."""
    if facts.is_staff or comment.author_id:
        return None
    if folding.looks(comment.name) in [folding.looks(name) for name in (*RESERVED, *facts.names_taken)]:
        return {"name": gettext("That name belongs to the newsroom. Choose one of your own.")}
    return None


def refused_words(comment, facts):
    found = _listed(comment, facts, WordRule.Effect.REFUSE)
    if found:
        return {"body": gettext("We do not publish “%s”. Say it in other words.") % next(iter(found.values()))}
    return None


# what waits


def trap(comment, facts):
    if facts.trap_filled:
        yield "", "The hidden field was filled in, as programs do."


def haste(comment, facts):
    if facts.seconds is not None and facts.seconds < QUICKEST:
        when = f"{facts.seconds} second{'' if facts.seconds == 1 else 's'} after the page was opened"
        yield "", f"Written and sent {when}, as programs do."


def name_like_ours(comment, facts):
    """Hold a name that holds one of the newsroom's: "Harbour Post Editor" may be anybody."""
    if comment.author_id:
        return
    name = folding.looks(comment.name)
    for taken in (*RESERVED, *facts.names_taken):
        if _holds(name, folding.looks(taken)):
            yield taken, f"The name holds “{taken}”, as if it were the newsroom's."
            return


def words_on_the_list(comment, facts):
    found = _listed(comment, facts, WordRule.Effect.HOLD)
    for phrase, written in found.items():
        yield written, f"“{phrase}” is on the list of words."


def links(comment, facts):
    found = comment_text.links(comment.body)
    if len(found) > MOST_LINKS:
        yield " ".join(found), f"{len(found)} link{'s' if len(found) > 1 else ''} in a guest's comment."


def shouting(comment, facts):
    letters = [letter for letter in comment.body if letter.isalpha() and letter.lower() != letter.upper()]
    loud = sum(letter.isupper() for letter in letters)
    if len(letters) >= SHOUTING_LETTERS and loud > 0.7 * len(letters):
        yield "", "Nearly all capitals."


def same_words_again(comment, facts):
    if len(comment.body) < SHORT or not comment.gist:
        return
    said = {_GIST: comment.gist, INSTANT: facts.at - SAME_WORDS, PK: comment.pk or 0}
    by_commenter, by_network = _said_by()
    by_the_same = facts.commenter and by_commenter.rows(said | {_WHO: facts.commenter.pk})
    if by_the_same or (facts.network and by_network.rows(said | {_NETWORK: facts.network})):
        yield "", "The same words were posted within the hour."


def history(comment, facts):
    public, up, down = _record(facts)
    if facts.held_at_first and public < facts.held_at_first:
        yield "", "A newcomer's comment."
    if up + down >= MANY and down > TOO_MANY * (up + down):
        yield "", f"{down} of this reader's {up + down} comments of the last week were taken down."


def learned(comment, facts):
    words = learning.telling_words(comment.body)
    if words:
        yield ", ".join(words), "Its words are much like those of comments that moderators took down."


REFUSING = (reserved_name, refused_words)
HOLDING = (trap, haste, name_like_ours, words_on_the_list, links, shouting, same_words_again, history, learned)


def _holds(name, taken):
    """Tell whether the words ``name`` hold the words ``taken``, in a row or written as one, or are its last ones."""
    if not taken:
        return False
    length, joined = len(taken), "".join(taken)
    in_a_row = any(name[start : start + length] == taken for start in range(len(name)))
    is_its_rest = taken[0] in ARTICLES and name == taken[1:]
    return in_a_row or is_its_rest or (len(joined) >= SURE and joined in "".join(name))


def _listed(comment, facts, effect):
    """Return the phrases of that effect which the comment holds, as {phrase: as written there}."""
    phrases = facts.phrases(comment.article.outlet_id)[effect]
    return folding.find(phrases, f"{comment.name}\n{comment.body}")


@lru_cache
def _said_by():
    """Return two questions for the same words: from one commenter, and from one network.

    Each has an index of its own; asked as one, databases go through the comments of an hour. The index of networks
    leaves out comments that have none, and is taken only where the question does so too.
    """
    same = Comment.objects.filter(gist=_GIST, created_at__gt=INSTANT).exclude(pk=PK)
    by_commenter, by_network = same.filter(commenter=_WHO), same.filter(network=_NETWORK).exclude(network="")
    return Prepared(by_commenter[:1], "pk"), Prepared(by_network[:1], "pk")


def _record(facts):
    """Count the commenter's public comments, and what was approved and what was taken down of late."""
    if facts.commenter is None:
        return 0, 0, 0
    counted = _counted().rows({_WHO: facts.commenter.pk, INSTANT: facts.at - RECORD})
    return counted[0] if counted else (0, 0, 0)


@lru_cache
def _counted():
    lately, public = Q(created_at__gt=INSTANT), Q(state=Comment.State.PUBLIC)
    down = Q(state__in=[Comment.State.REJECTED, Comment.State.SPAM])
    counted = (
        Comment.objects.filter(commenter=_WHO)
        .values("commenter")
        .annotate(
            public=Count("pk", filter=public),
            up=Count("pk", filter=lately & public & Q(decided_at__isnull=False)),
            down=Count("pk", filter=lately & down),
        )
    )
    return Prepared(counted, "public", "up", "down")
