"""Decides which words before a colon (or a time) name a speaker.

No line can be judged alone: "Question:" is talk in one file and a speaker in another. So all
labels of a file are judged together, by how they look, how often they come back, and how much of
the file is written that way.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

LONGEST = 80
_MOST_WORDS = 10
_SHORT = 3
_NEARLY_ALL = 0.9


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Words that people put before a colon while they talk or write notes, and that name nobody.
_NOT_NAMES = _words(
    """a about absolutely action actions activities activity actually advantages advice after again
    agenda agreed aim aims also although always analogy and another apologies approach area areas
    argument aside aspects assumption background barrier barriers basically because before
    benefit benefits beware break but cause caution caveat challenge challenges clarification clearly
    close closing coffee comment comments compare concern concerns conclusion conclusions cons consider
    consequence context correction correct costs current curious date day decision decisions
    definitely definition description details did disadvantages discussion do does draft duration
    edit eg enablers equally evaluation even eventually everything evidence exactly example
    examples excerpt exercise expectations fact facts fair feedback figure file final finally
    findings fine first firstly focus fourth from fun further future gaps general given goal goals
    good great heading headline help hence here highlights hint hmm honestly how however i.e idea
    ideas if imagine impact important improvements in include including incredible indeed info
    information instance instead interesting interview introduction issue issues it item items
    just keep key language last lastly later least length lesson lessons let like lunch link links list
    listen literally location look main maybe me meaning meanwhile meeting message method methods
    mind minutes moreover motto my needs negatives never next no none not note notes notice
    nothing now objective objectives observation obviously of oh ok okay on once one only
    opportunities opportunity or other others outcome outcomes outputs overall page part parking
    perfect perhaps phase picture place plan plans plus point points positives possible practice
    present presumably principle principles priorities priority probably problem problems process
    progress project pros purpose question questions quick quickly quote rather reality really
    reason reasons recap recommendation recommendations record recorded recording reference
    references reflection reflections registration reminder remember reply resource resources response result
    results right risks room rule same say scenario second secondly section see session setting
    similarly simple simply situation slide so solution solutions some something sometimes soon
    source sources spoiler start stage status step steps still story strength strengths strictly
    subject subtitle success suggestion suggestions summary support sure surprise talk task tasks tea thank
    thanks that then there therefore these they thing things think third thirdly this those
    thought thoughts threats three through thus time timeline times tip title to today tomorrow
    topic topics trade training transcript translation true truth two type typically understanding
    unfortunately update updates url usually values venue version very warning ways weaknesses
    well what when where whereas which while who why with workshop worse welcome wow yeah yep yes
    yesterday yet you attendees participants invitees transcriber transcribed date/time fyi nb ps tldr eta"""
)
# Words inside a label that make it a piece of a sentence.
_SENTENCE_WORDS = _words(
    """am and are at as asked be been but by can could did do does for from had has have how i if in
    into is it its just know let let's like may mean might my of on or our said say saying says
    should so than that that's the their them then there they think this to us was we were what
    when where which who why will with would you your"""
)
# Words that stand for a person or a group who speaks.
_ROLES = _words(
    """advisor audience carer caller chair chairperson chairman chairwoman child clinician
    co-facilitator co-host co-researcher community contributor coordinator council councillor
    director doctor expert facilitator family father female gp guest host interpreter interviewee
    interviewer int investigator journalist lead lecturer male man manager member moderator mother
    narrator nurse observer officer operator organiser panellist parent participant partner
    patient people person practitioner presenter professional professor public relative researcher
    resident respondent reporter scribe secretary service speaker staff student subject teacher
    therapist translator unidentified unknown user visitor voice voiceover volunteer woman worker
    public all both everyone several group table team"""
)
_PARTICLES = _words(
    """af al an av aus bin bint da das de dei del della den der des di dit do dos du e el et
    ibn la las le les lo los mac of op te ten ter und ur van vom von vor y ze zu zum zur"""
)
# What a header says of the recording, so that a short list of such lines is no talk.
_HEADER_WORDS = _words(
    """attendees date duration file length location participants place present project recorded
    recording session study time title topic transcriber transcribed venue workshop"""
)
_BINDING = frozenset({"of", "in", "from", "at"})
_COUNTED = frozenset({"one", "two", "three", "four", "five", "six"})
_NON_SPEECH = _words(
    """applause audio background beep break chuckle chuckles chuckling clapping cough coughing
    coughs crosstalk cross-talk end gesture gestures inaudible indistinct interruption laugh
    laughing laughs laughter music noise nod nods overlapping pause pauses phone sic sigh sighs
    silence silent sound start unclear unintelligible"""
)
_QUESTION_AND_ANSWER = frozenset({"q", "a", "question", "answer", "questions", "answers"})

_FORBIDDEN = re.compile(r"[?!;<>={}\\\"“”…^~`]|https?\b|www\.")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_AFFILIATION = re.compile(r"\s+(?:[|@/–—-]+|\|\|)\s+|,\s+|\s*\|\s*")
_WORD_EDGES = ".,'’\"“”‘*&+#"


class Shape(IntEnum):
    """How much a label looks like the name of a speaker, taken alone.

    WORD is a word or two that names nobody as a rule ("Question"), LOWER words without capitals
    that may be a chosen name, ROLE a part that somebody has ("Member of the public").
    """

    NO = 0
    WORD = 1
    LOWER = 2
    ROLE = 3
    NAME = 4


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a file says about its labels.

    ``lines`` is the number of lines with words; ``counts`` how many lines open with each label;
    ``known`` names that the file lists elsewhere (attendees); ``words`` gives all words that the
    file has in lower case, and is only asked for where it is needed. ``first`` is the label that
    the talk opens with, where the layout is one in which names may be rare (subtitles). ``timed``
    are labels with a time beside them.
    """

    lines: int
    counts: Counter[str]
    known: Collection[str]
    words: Callable[[], Collection[str]]
    first: str | None = None
    timed: Collection[str] = ()


def shape(label: str) -> Shape:
    """Judge by its looks alone whether a label may name a speaker."""
    if label.endswith("?") and len(label) > 1:
        # Transcribers write "Male?" where they are not sure.
        looks = shape(label[:-1].rstrip())
        return looks if looks == Shape.ROLE or len(label) <= _SHORT + 1 else Shape.NO
    if not label or len(label) > LONGEST or _FORBIDDEN.search(label):
        return Shape.NO
    core, _, beside = _split_affiliation(_ASIDE.sub("", label).strip())
    words = core.split()
    if not words or len(words) > _MOST_WORDS or not any(map(_is_letter, core)):
        return Shape.NO
    if any(_ends_sentence(word) for word in words[:-1]) or beside[:1].islower():
        return Shape.NO
    if len(core) == 1 and core.isupper():
        return Shape.NAME
    bare = [word.strip(_WORD_EDGES) for word in words]
    lower = [word.lower() for word in bare]
    if _is_role(lower):
        return Shape.ROLE
    # A single capital is an initial, and the words of the list may be family names.
    if lower[0] in _NOT_NAMES and not _is_initial(bare[0]):
        return Shape.WORD if len(words) <= 2 else Shape.NO
    capital = [_is_capital(word) for word in bare]
    if any(capital) and all(
        c or word in _PARTICLES for c, word in zip(capital, lower, strict=True)
    ):
        return Shape.NAME
    if len(words) > 4 or any(word in _SENTENCE_WORDS | _NOT_NAMES for word in lower):
        return Shape.NO
    return Shape.LOWER


def _split_affiliation(label: str) -> tuple[str, str, str]:
    """Part "Name | Organisation" or "Name, Newspaper" into name, sign and what stands beside."""
    match = _AFFILIATION.search(label)
    if match is None:
        return label, "", ""
    sign = match[0].strip()
    # After a comma, a small letter shows that somebody is spoken to and not named.
    return label[: match.start()].strip(), sign, label[match.end() :] if sign == "," else ""


def _is_role(words: list[str]) -> bool:
    """Tell whether the main noun stands for a speaker: "member of the public", "speaker 2"."""
    if any(word in _SENTENCE_WORDS - _BINDING - {"the"} for word in words) or len(words) > 6:
        return False
    head = [word for word in words if word not in {"the", "an"}]
    for n, word in enumerate(head[1:], start=1):
        if word in _BINDING:
            head = head[:n]
            break
    while len(head) > 1 and (head[-1].isdigit() or len(head[-1]) == 1 or head[-1] in _COUNTED):
        head.pop()
    noun = head[-1].rstrip("_0123456789") if head else ""
    return noun in _ROLES or (noun.endswith("s") and noun[:-1] in _ROLES)


def is_header(label: str) -> bool:
    """Tell whether a label says something of the recording ("Date", "Place of interview")."""
    return any(word.strip(_WORD_EDGES).lower() in _HEADER_WORDS for word in label.split())


def is_non_speech(label: str) -> bool:
    """Tell whether words in brackets describe a sound or gesture and not a speaker."""
    return any(word.strip(_WORD_EDGES).lower() in _NON_SPEECH for word in label.split())


def speakers_among(evidence: Evidence) -> frozenset[str]:
    """Give the labels before a colon that name speakers; none if the file has no such layout.

    Spellings that differ in capitals or in the Unicode form of accents are judged as one.
    """
    keys = {label: _key(label) for label in evidence.counts}
    counts: Counter[str] = Counter()
    shapes: dict[str, Shape] = {}
    for label, key in keys.items():
        counts[key] += evidence.counts[label]
        shapes[key] = max(shapes.get(key, Shape.NO), shape(label))
    asked = {key for key in shapes if key in _QUESTION_AND_ANSWER}
    if len(asked) >= 2 and sum(counts[key] for key in asked) >= 0.4 * evidence.lines:
        shapes.update(dict.fromkeys(asked, Shape.ROLE))
    likely = {
        key: counts[key]
        for key, looks in shapes.items()
        if looks >= Shape.ROLE or (looks == Shape.LOWER and counts[key] > 1)
    }
    opens = evidence.first is not None and shape(evidence.first) >= Shape.ROLE
    timed = {label for label in evidence.timed if shape(label) > Shape.WORD}
    if not opens and len(timed) < 2 and not _established(likely, evidence.lines):
        return frozenset()
    share = sum(likely.values()) / max(evidence.lines, 1)
    parts = {key: counts[key] for key, looks in shapes.items() if looks == Shape.WORD}
    if share + sum(parts.values()) / max(evidence.lines, 1) >= _NEARLY_ALL:
        # Where every paragraph has its label, a part such as "Question" is a speaker too.
        shapes.update({key: Shape.ROLE for key, count in parts.items() if count > 1})
    back = [set(key.split()) for key, count in likely.items() if count > 1]
    return frozenset(
        label
        for label, key in keys.items()
        if label in evidence.known
        or label in timed
        or label == evidence.first
        or _is_speaker(label, counts[key], shapes[key], share, back, evidence)
    )


def _key(label: str) -> str:
    return label.lower() if label.isascii() else unicodedata.normalize("NFC", label).casefold()


def _established(likely: dict[str, int], lines: int) -> bool:
    total = sum(likely.values())
    back = [count for count in likely.values() if count > 1]
    if not total:
        return False
    if len(back) >= 2 and sum(back) >= 4:
        return total >= 0.02 * lines
    if back and (len(likely) > 1 or max(back) > 2):
        return total >= 0.25 * lines
    return total >= 0.5 * lines


def _is_speaker(
    label: str,
    count: int,
    looks: Shape,
    share: float,
    back: Sequence[set[str]],
    evidence: Evidence,
) -> bool:
    if looks <= Shape.WORD:
        return False
    if count > 1:
        return looks >= Shape.ROLE or count >= 3 or share > 0.5
    words = set(_key(label).split())
    if looks == Shape.ROLE or any(words <= known or known <= words for known in back):
        return True
    if looks == Shape.NAME and (len(words) > 1 or share >= _NEARLY_ALL or len(label) <= _SHORT):
        return True
    # A single word that comes once: people's names do not also occur as ordinary words.
    unknown = label.strip(_WORD_EDGES).lower() not in evidence.words()
    return unknown and (looks == Shape.NAME or share >= 0.5)


def words_in(texts: Iterable[str]) -> frozenset[str]:
    """Give the words that occur in lower case in the texts."""
    found: set[str] = set()
    for text in texts:
        found.update(word for word in re.findall(r"[^\W\d_]+", text) if word.islower())
    return frozenset(found)


def _is_letter(character: str) -> bool:
    # So: symbols such as emoji, which people have as names in calls.
    return character.isalpha() or unicodedata.category(character) == "So"


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _is_capital(word: str) -> bool:
    """Tell a word that may be part of a name: capital, script without case, digit or symbol."""
    first = word[:1]
    if not first:
        return True
    if first.isalpha():
        # "O'Leary", "McCall", "d'Arcy" and "iPhone" have their capital further on.
        return not first.islower() or any(c.isupper() for c in word[1:])
    return True


def _ends_sentence(word: str) -> bool:
    """Tell "Exactly." (ends a sentence) from "Dr." and "J." (parts of a name)."""
    return word.endswith(".") and len(word) > 5 and not word.endswith((").", "Prof.", "Messrs."))
