"""How fast readers may write. The database counts: see `Allowance`."""

from articles.models import Allowance, Limit

MINUTE, HOUR, DAY = 60, 3600, 86_400
# For one person more would be a monologue; a network can be a school or an office.
OF_A_PERSON = ((3, MINUTE), (30, DAY))
OF_A_NETWORK = ((10, MINUTE), (100, HOUR))
VOICES = ((30, MINUTE), (300, DAY))
OF_A_NETWORK_ON_ONE = 5  # a family


def limits_of(commenter, network, *, what="comment", faster=1):
    """Return the Limits under which ``commenter`` on ``network`` does ``what``.

    A site may allow ``faster`` times as many; 0 sets no limit.
    """
    of_a_person, of_a_network = (OF_A_PERSON, OF_A_NETWORK) if what == "comment" else (VOICES, VOICES)
    found = [(f"{what} by {commenter.pk}", limit) for limit in of_a_person] if commenter and commenter.pk else []
    found += [(f"{what} from {network}", limit) for limit in of_a_network] if network else []
    return [Limit(key, number * faster, seconds) for key, (number, seconds) in found if faster]


def count(commenter, network, *, what, about, at, speed):
    """Count one more ``what`` of ``commenter`` about the record ``about``; raise TooFast where it is too much.

    Who throws the cookie away is a new reader each time: a network has few voices on one comment. Call it in a
    transaction.
    """
    limits = limits_of(commenter, network, what=what, faster=speed)
    if network and speed:
        limits.append(Limit(f"{what} on {about} from {network}", OF_A_NETWORK_ON_ONE * speed, DAY))
    Allowance.objects.take(limits, at=at)
