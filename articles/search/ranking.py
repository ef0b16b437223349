"""How well an article answers: the database works it out, so that no text has to leave it."""

from articles.search.house import SHOWN

WEIGHTS = {"headline": 8, "standfirst": 4, "hashtags": 3, "bylines": 3, "often": 2}  # and 1 for anywhere else


def worth(terms, measure, place):
    """Return (SQL, its values): for each of ``terms`` the weight of the best part that it stands in, added up.

    Only parts that the measure shows count. ``place`` is the database's name for where one text stands in another.
    """
    best_first = sorted(SHOWN[measure], key=lambda part: -WEIGHTS[part])
    cases, values = [], []
    for term in terms:
        told = []
        for part in best_first:
            stands = " OR ".join([f"{place}(entry.{part}, %s) > 0"] * len(term.written))
            told.append(f"WHEN {stands} THEN {WEIGHTS[part]}")
            values += term.written
        cases.append(f"CASE {' '.join(told)} ELSE 1 END")
    return " + ".join(cases), values
