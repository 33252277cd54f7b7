"""Speech events in parliamentary debates (SpkAtt-2023, task 1): cue words and who says what to whom.

Debate language says "ich" and "wir" where news names people, and counts thinking, knowing and the papers of parliament
as speech. So this way is learnt from annotated speeches (``model/debate.py``) and decides apart from the news rules,
though it reads the same trees.
"""

from lagebild.layers.speech.debate.events import find_events

__all__ = ["find_events"]
