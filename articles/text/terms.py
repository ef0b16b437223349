"""The words of a text that say what it is about."""

import re

# Words that say nothing of the subject, in the languages that the fixtures and most of our outlets write in.
STOP_WORDS = frozenset(
    """
    a about above after again against all also am an and any are as at be because been before being below between both
    but by can could did do does doing down during each even few for from further had has have having he her here hers
    him his how i if in into is it its itself just like made make many may me might more most much must my new no nor
    not now of off on once one only or other our out over own said same say says she should since so some still such
    than that the their them then there these they this those three through to too two under until up us very was way
    we were what when where which while who whom why will with would year years yet you your
    au aux avec ce ces cette dans de des du elle elles en est et eux il ils je la le les leur leurs lui ma mais me meme
    mes moi mon ne nos notre nous on ont ou par pas pour plus qu que qui sa sans se ses si son sont sur ta te tes ton tu
    un une vos votre vous été être avait avoir aussi après avant deux dont fait où comme cela sous très bien encore
    aber als am an auch auf aus bei bin bis das dass dem den der des die doch durch ein eine einem einen einer er es für
    hat ich ihr im in ist ja kann mit nach nicht noch nur ob oder sehr sich sie sind so über um und uns vom von vor war
    was wenn wer wie wir zu zum zur
    """.split()
)

_WORD = re.compile(r"\w+(?:['’]\w+)?", re.UNICODE)
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu)['’](?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)


def of(text):
    """Return the terms of ``text`` in order, folded to lower case, without stop words and single letters."""
    words = (_POSSESSIVE.sub("", _ELISION.sub("", word)).casefold() for word in _WORD.findall(text))
    return [word for word in words if len(word) > 1 and word not in STOP_WORDS]
