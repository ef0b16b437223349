"""The machine gate: what speaks against a text that a remote program drafted, before a person looks at it.

Every sentence has to cite paragraphs that are there, and what it states by number, day, name or quotation has to stand
in one of them. It proves nothing true: it finds what was made up in the plainest ways. A person decides.
"""

from articles.models import AssistDraft
from articles.text import grounds, html, plain

MOST_CITED = 4  # paragraphs by one sentence; one that leans on all of them leans on none
LONGEST_SENTENCE = 600  # characters
MOST_SENTENCES = {AssistDraft.Kind.SUMMARY: 6, AssistDraft.Kind.EASY: 120, AssistDraft.Kind.TRANSLATION: 300}
MOST_OF_SOURCE = {AssistDraft.Kind.SUMMARY: 0.8, AssistDraft.Kind.EASY: 1.5, AssistDraft.Kind.TRANSLATION: 2.5}


def passages_of(article):
    """Return ``{number: text}`` of what may be cited: paragraphs from 1, and 0 for headline and standfirst."""
    told = f"{article.headline}. {article.standfirst}".strip() if article.standfirst else article.headline
    return {0: told} | dict(enumerate(plain.paragraphs(article.body), start=1))


def tidy(text):
    """Return a sentence as it is stored: plain text on one line, nothing hidden in it."""
    return plain.one_line(html.strip_forbidden(text))


def findings(draft, sentences, passages, *, source, renderings=()):
    """Return ``[{"sentence": index or None, "problem": words}]`` about ``sentences``, in the language of ``draft``."""
    found = [{"sentence": None, "problem": problem} for problem in _of_the_whole(draft.kind, sentences, passages)]
    for index, sentence in enumerate(sentences):
        cited = [passages[number] for number in sentence["paragraphs"] if number in passages]
        problems = _of_citing(sentence["paragraphs"], passages)
        problems = problems or _of_a_sentence(sentence["text"], cited, passages, draft.language, source, renderings)
        found += [{"sentence": index, "problem": problem} for problem in problems]
    return found


def _of_the_whole(kind, sentences, passages):
    if not sentences:
        return ["It has no sentence."]
    problems = []
    if len(sentences) > MOST_SENTENCES[kind]:
        problems.append(f"It has {len(sentences)} sentences; {MOST_SENTENCES[kind]} are the most.")
    written = sum(len(sentence["text"]) for sentence in sentences)
    most = max(300, int(MOST_OF_SOURCE[kind] * sum(map(len, passages.values()))))
    if written > most:
        problems.append(f"It has {written} characters; of this article {most} are the most.")
    return problems


def _of_citing(cited, passages):
    if not cited:
        return ["It cites no paragraph."]
    missing = [str(number) for number in cited if number not in passages]
    if missing:
        return [f"There is no paragraph {', '.join(missing)}."]
    return [f"It cites more than {MOST_CITED} paragraphs."] if len(cited) > MOST_CITED else []


def _of_a_sentence(text, cited, passages, language, source, renderings):
    spoken = {"language": language, "source": source}
    is_translated = language != source
    told = list(passages.values())
    letters = grounds.mixed_letters(text) if is_translated else grounds.foreign_letters(text, told)
    stated = {
        "The number “{}” is not in what it cites.": grounds.foreign_numbers(text, cited, **spoken),
        "The day or month “{}” is not in what it cites.": grounds.foreign_days(text, cited, **spoken),
        "The name “{}” is not in what it cites.": grounds.foreign_names(
            text, cited, told=told, renderings=renderings, **spoken
        ),
        "“{}” is not said so in what it cites.": grounds.foreign_quotations(text, cited, is_translated=is_translated),
        "The address “{}” is not in what it cites.": grounds.foreign_addresses(text, cited),
        "“{}” is written in other letters than the article.": letters,
    }
    problems = [words.format(each) for words, found in stated.items() for each in dict.fromkeys(found)]
    if not text or len(text) > LONGEST_SENTENCE:
        problems.append(f"It has {len(text)} characters; 1 to {LONGEST_SENTENCE} are right.")
    return problems
