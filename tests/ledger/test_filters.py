"""Names in filters: whole words, without accents, umlauts written either way, codes in either case."""

from __future__ import annotations

import duckdb
import pytest

from lagebild.ledger.filters import Filter

ROWS = [
    ("DEU:CVL", "Susanne Baumann", "MLI", "Tillabéri"),
    ("USA:GOV", "Joe Biden", "DEU", "Köln"),
    ("TUR:GOV", "Emine Müller-Özer", None, None),
    (None, None, None, None),
]


@pytest.mark.parametrize(
    ("asked", "speakers"),
    [
        ({"speaker": "USA"}, ["Joe Biden"]),
        ({"speaker": "usa"}, ["Joe Biden"]),
        ({"speaker": "Baumann"}, ["Susanne Baumann"]),
        ({"speaker": "susanne baumann"}, ["Susanne Baumann"]),
        ({"speaker": "Mueller"}, ["Emine Müller-Özer"]),
        ({"speaker": "Özer"}, ["Emine Müller-Özer"]),
        ({"speaker": "Baum"}, []),
        ({"place": "Tillaberi"}, ["Susanne Baumann"]),
        ({"place": "Koeln"}, ["Joe Biden"]),
        ({"place": "deu"}, ["Joe Biden"]),
    ],
)
def test_names_are_found_as_people_write_them(asked, speakers):
    connection = duckdb.connect()
    connection.execute("create table e (speaker_code text, speaker_name text, country text, place_name text)")
    connection.executemany("insert into e values (?, ?, ?, ?)", ROWS)
    condition, values = Filter(**asked).sql()
    found = connection.execute(f"select speaker_name from e where {condition}", values).fetchall()
    assert [name for (name,) in found] == speakers
