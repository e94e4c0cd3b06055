"""What waits on a person, as the read says it, whatever came in which order."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store.transaction import Store
from bot.streams.ids import stream_id
from bot.streams.person.person import Inbox, Person, Profile, Task
from tests.store.desk import NOW, mint

TITLES = ("22% off for Brightwater?", "Net 60 for Brightwater?", "")
ITEMS = st.dictionaries(
    st.integers(0, 5), st.tuples(st.sampled_from(TITLES), st.sampled_from([None, 1, 2]), st.booleans()), max_size=6
)


def person(id: str, user: str, items: dict[int, tuple[str, int | None, bool]]) -> Person:
    """`items`: by number the title, the hours until it is due, and whether it is closed."""
    profile = Profile(user=user, name="J", title="", email="", time_zone="UTC", active=True, groups=frozenset())
    inbox = tuple(
        Inbox(
            Task(
                id=f"{id}:{number}", deal="deal:none", kind="approval", title=title,
                by_when=NOW + timedelta(hours=hours, microseconds=1) if hours else None,
            ),
            NOW,
            closed_at=NOW if closed else None,
        )
        for number, (title, hours, closed) in items.items()
    )  # fmt: skip
    return Person(id, profile=profile, inbox=inbox)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(then=st.lists(ITEMS, min_size=1, max_size=5))
def test_it_is_the_same_as_if_it_were_made_anew(
    store: Store, then: list[dict[int, tuple[str, int | None, bool]]]
) -> None:
    id, user = stream_id("person", mint()), f"T1:{mint()}"
    for items in then:
        with store.transaction() as tx:
            tx.tasks.project(person(id, user, items))
        with store.snapshot() as tx:
            found = {(task.task_id, task.title, task.by_when, task.at) for task in tx.tasks.of(user)}
        assert found == {
            (item.task.id, item.task.title, item.task.by_when, item.at) for item in person(id, user, items).open
        }
