"""News in any quantity, invented from the demo's own prose: repeatable, and with the vocabulary of real news.

Events happen one after the other. Each has a topic, of 150 words out of the demo's vocabulary, four names of its own
made of syllables, and names known from earlier events. One to eight outlets report it within two days, in sentences
that mix ordinary words, as often as the demo's articles use them, with words of the topic and the event. So the number
of different words grows without end, most of them are rare, and the common ones are as common as in real articles.
"""

import random
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import accumulate

START = datetime(2020, 1, 1, tzinfo=UTC)
A_DAY = 300  # articles
TOPICS, OUTLETS, KNOWN = 400, 60, 3000
SYLLABLES = "ba ber dal dor fen gar har kel lin mar mor nis ol per quin ras sel tan ul ver win yor zan".split()


class Newsroom:
    """An endless source of articles, the same for the same seed."""

    def __init__(self, words, seed=1):
        self.chance = random.Random(seed)  # noqa: S311 - repeatable chance, no secrets
        counted = Counter(re.findall(r"[^\W\d_]+", words.casefold()))
        self.words = sorted(counted, key=lambda word: (-counted[word], word))
        self.totals = list(accumulate(counted[word] for word in self.words))
        rare = self.words[150:]
        self.topics = [self.chance.sample(rare, min(150, len(rare) // 3)) for _ in range(TOPICS)]
        self.known = [self._name() for _ in range(KNOWN)]

    def articles(self):
        """Yield (outlet's number, time, headline, paragraphs) without end, in order of time."""
        told, waiting = 0, []
        while True:
            while len(waiting) < A_DAY:
                waiting += self._event(START + timedelta(days=(told + len(waiting)) / A_DAY))
                waiting.sort(key=lambda report: report[1])
            told += 1
            yield waiting.pop(0)

    def _event(self, at):
        topic = self.chance.choice(self.topics)
        old = [self.known[min(KNOWN - 1, int(self.chance.paretovariate(0.6)))] for _ in range(3)]
        names = [self._name() for _ in range(4)] + old
        about = self.chance.sample(topic, 25)
        outlets = self.chance.sample(range(OUTLETS), self.chance.choice([1, 1, 1, 2, 2, 3, 5, 8]))
        return [self._report(outlet, at, topic, about, names) for outlet in outlets]

    def _report(self, outlet, at, topic, about, names):
        kinds = self.chance.choices("otan", weights=(60, 15, 17, 8), k=self.chance.randint(250, 450))
        ordinary = iter(self.chance.choices(self.words, cum_weights=self.totals, k=len(kinds)))
        pools = {"t": topic, "a": about, "n": names}
        words = [next(ordinary) if kind == "o" else self.chance.choice(pools[kind]) for kind in kinds]
        sentences = [" ".join(words[start : start + 18]).capitalize() + "." for start in range(0, len(words), 18)]
        headline = " ".join([self.chance.choice(names), *self.chance.sample(about, 5)])
        return outlet, at + timedelta(days=self.chance.random() * 2), headline.capitalize(), sentences

    def _name(self):
        return "".join(self.chance.choices(SYLLABLES, k=3)).capitalize()
