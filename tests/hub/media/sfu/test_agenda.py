"""Who is looked after when."""

from __future__ import annotations

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from hub.media.sfu.agenda import Agenda


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 50))
        | st.tuples(st.just("now"), st.integers(0, 50))
        | st.tuples(st.just("drop"), st.sampled_from("abc"))
    )
)
def test_it_is_a_table_of_the_earliest_times(steps: list[tuple]) -> None:  # type: ignore[type-arg]
    agenda: Agenda[str] = Agenda()
    table: dict[str, float] = {}
    for what, value in steps:
        if what == "now":
            due = sorted(key for key, at in table.items() if at <= value)
            assert sorted(agenda.due(value)) == due
            table = {key: at for key, at in table.items() if key not in due}
        elif what == "drop":
            agenda.drop(value)
            table.pop(value, None)
        else:
            agenda.want(what, value)
            table[what] = min(value, table.get(what, inf))
        assert agenda.deadline == min(table.values(), default=inf)
