"""Which commitments are told again: what tells of one stands together, in the order of telling, as new ones come in."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from lagebild.ledger.evidence import Evidence, strongest
from lagebild.ledger.happenings import Telling
from lagebild.ledger.hearsay import NOBODY, Story, retells
from lagebild.ledger.owed import Owed, Stamp
from lagebild.ledger.promises import Commitment, again, blocks, follow, joined

LOOKED_BACK = 40  # commitments of one type and country that a new one may tell again


@dataclass(slots=True, eq=False)
class Group:
    """What tells of one commitment, the first first; ``made`` is what all of them say."""

    made: Commitment
    members: list[Owed]

    @property
    def first(self) -> Owed:
        """The telling that stands for all."""
        return self.members[0]

    def written(self) -> bool:
        """Whether nothing is new since it was last written."""
        leader = self.first.made.telling.key
        return not any(owed.changed or owed.leader != leader for owed in self.members)

    def articles(self) -> set[str]:
        """Return the articles that tell of it or report of it."""
        tellings = [owed.made.telling for owed in self.members]
        tellings += [telling for owed in self.members for telling, _ in owed.reports]
        tellings += [one.tale for owed in self.members for one in owed.heard]
        return {telling.article for telling in tellings}

    def followed(self, named: Mapping[str, frozenset[str]]) -> Commitment:
        """Return the commitment with its states; ``named`` are the countries that articles name."""
        lands = self.made.telling.parties.union(*(named.get(o.made.telling.article, NOBODY) for o in self.members))
        reports = {telling.key: telling for owed in self.members for telling, _ in owed.reports}
        heard = {one.tale.key: one for one in self._heard() if not self._tells(one.tale)}
        found = Story(self.made, named, lands).of_it([*reports.values(), *(one.tale for one in heard.values())])
        kept = [report for report in found if report.key in reports]
        return follow(self.made, kept, [heard[report.key] for report in found if report.key in heard])

    def _tells(self, tale: Telling) -> bool:
        """Whether a sentence tells of the commitment itself, and of nothing that became of it."""
        return any(retells(owed.made.telling, tale) for owed in self.members)

    def _heard(self) -> list[Evidence]:
        """Return the sentences heard of any of its tellings, each as it stands to the one that it most likely reports of."""
        if len(self.members) == 1:
            return self.first.heard
        return strongest(one for owed in self.members for one in owed.heard)


class Retold:
    """The groups of all that is owed in the months before."""

    def __init__(self) -> None:
        self._of: dict[str, Group] = {}
        self._near: dict[tuple[str, str], list[Group]] = defaultdict(list)
        self._newest: Stamp = datetime.date.min, ""
        self._moved: list[Owed] = []

    def place(self, added: Iterable[Owed], *, known: bool = False) -> None:
        """Put each that somebody owes into the group it belongs to; with ``known`` its ``leader`` says which one that is, where it has one."""
        listed = sorted((owed for owed in added if blocks(owed.made)), key=lambda owed: owed.stamp)
        oldest = next((owed.stamp for owed in listed if owed.made.telling.published), self._newest)
        if oldest < self._newest:  # what was told before may bind what was told after it otherwise
            listed, known = sorted([*listed, *self._taken_out(oldest)], key=lambda owed: owed.stamp), False
        led: dict[str, Group] = {}
        for owed in listed:
            self._newest = max(self._newest, owed.stamp)
            group = led.get(owed.leader) if known and owed.leader else self._likest(owed)
            if group is None:
                group = Group(owed.made, [])
                for block in blocks(owed.made):
                    self._near[block].append(group)
            else:
                group.made = joined(group.made, owed.made)
            group.members.append(owed)
            self._of[owed.made.telling.key] = group
            if known and owed.leader:
                led[owed.leader] = group
        if not known:
            self._moved += listed

    def _likest(self, owed: Owed) -> Group | None:
        tried = {id(group): group for block in blocks(owed.made) for group in self._near[block][-LOOKED_BACK:]}
        ordered = sorted((g for g in tried.values() if g.members), key=lambda group: group.first.stamp)
        return next((group for group in ordered if again(group.made, owed.made)), None)

    def _groups(self) -> list[Group]:
        return list({id(group): group for group in self._of.values()}.values())

    def _taken_out(self, since: Stamp) -> list[Owed]:
        """Take out of their groups all that was owed from then on, and return it."""
        out: list[Owed] = []
        for group in self._groups():
            if group.members[-1].stamp > since:
                out += [owed for owed in group.members if owed.stamp > since]
                self._keep(group, [owed for owed in group.members if owed.stamp <= since])
        self._clear()
        return out

    def changed(self, owed: Iterable[Owed]) -> list[Group]:
        """Return the groups of these that are not as they were last written, in the order of their first telling."""
        looked = [self._of.get(one.made.telling.key) for one in (*owed, *self._moved)]
        self._moved = []
        found = {id(group): group for group in looked if group and not group.written()}
        return sorted(found.values(), key=lambda group: group.first.stamp)

    def forget(self, before: datetime.date) -> None:
        """Let go of what was owed before a day; what tells of it again goes on by itself."""
        for group in self._groups():
            if group.first.day < before:
                for owed in group.members:
                    if owed.day < before:
                        del self._of[owed.made.telling.key]
                self._keep(group, [owed for owed in group.members if owed.day >= before])
        self._clear()

    @staticmethod
    def _keep(group: Group, members: list[Owed]) -> None:
        group.members = members
        if members:
            group.made = reduce(joined, (owed.made for owed in members))

    def _clear(self) -> None:
        for block, groups in list(self._near.items()):
            self._near[block] = [group for group in groups if group.members]
            if not self._near[block]:
                del self._near[block]
