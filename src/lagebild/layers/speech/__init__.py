"""The layer of speech: who said what, to whom, how, and how sure the reporting word makes it.

1. tree      the parsed Doc as plain lists
2. quotes    the stretches between quotation marks
3. cues      reporting verbs; speakers and contents read who speaks and what is said, reports puts them together
4. phrases   sources without a verb ("laut", "nach Angaben", "zufolge", "so X"); nouns ("die Forderung, ...")
5. direct    quotations are given to the statements around them
6. carry     Konjunktiv passages and hearsay (sollen) take the speaker of before
7. layer     what was found becomes ``Statement`` records, innermost first
"""

from lagebild.layers.speech.layer import find_statements

__all__ = ["find_statements"]
