"""A long text cut where a sentence ends."""

import re

MOST = 240
# A sentence's end: its mark, perhaps a closing quote or bracket, and space before what begins anew.
# A letter alone before the full stop, as in "J. Smith", ends none; nor does a number, as in "art. 4. b".
END = re.compile(r"(?<![\W_]\w)[.!?…]+[»”\")\]]*(?=\s)")


def shortened(text: str, most: int = MOST) -> tuple[str, bool]:
    """The text on one line, of at most so many characters, and whether any of it was left out.

    Whole sentences where one fits; else whole words; else, of a text without spaces, what fits.
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line, False
    ends = [found.end() for found in END.finditer(line[: most + 1])]
    if ends:
        return line[: ends[-1]], True
    words = line[:most].rpartition(" ")[0] or line[:most]
    return words.rstrip(" ,;:–-"), True
