"""Numbers kept bit by bit, beside the same looked through one by one."""

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from engagements.index.numbers import Numbers, lay_together

numbers = st.dictionaries(
    st.integers(1, 60), st.one_of(st.none(), st.integers(0, 9), st.integers(0, 10**11))
)
keys = st.frozensets(st.integers(1, 60))


def by_number(told: dict[int, int | None]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for key, number in told.items():
        if number is not None:
            found.setdefault(number, []).append(key)
    return found


@given(told=numbers, among=keys, bound=st.one_of(st.integers(-2, 11), st.integers(0, 10**12)))
def test_sums_and_bounds(told, among, bound):
    kept = Numbers.of(by_number(told))
    known = {key: number for key, number in told.items() if number is not None}
    of_these = [number for key, number in known.items() if key in among]

    assert kept.total(BitMap(among)) == sum(of_these)
    assert set(kept.below(bound)) == {key for key, number in known.items() if number < bound}
    assert set(kept.equal(bound)) == {key for key, number in known.items() if number == bound}
    assert kept.highest(BitMap(among)) == max(of_these, default=None)


@given(told=numbers, among=keys, count=st.integers(0, 61))
def test_the_first_so_many_with_those_without_a_number_last(told, among, count):
    kept = Numbers.of(by_number(told))

    def newest(key):
        return told.get(key) is None, -(told.get(key) or 0), -key

    def oldest(key):
        return told.get(key) is None, told.get(key) or 0, key

    first = kept.first(BitMap(among), count, largest=True)
    assert set(first) == set(sorted(among, key=newest)[:count])
    last = kept.first(BitMap(among), count, largest=False)
    assert set(last) == set(sorted(among, key=oldest)[:count])


@given(told=numbers, then=numbers, gone=keys)
def test_what_changes_replaces_what_was(told, then, gone):
    gone = gone | then.keys()
    left = {key: number for key, number in told.items() if key not in gone}

    changed = Numbers.of(by_number(told)).changed(BitMap(gone), Numbers.of(by_number(then)))

    for key in range(1, 61):
        assert changed.of_one(key) == (left | then).get(key)


def test_sets_that_were_laid_together_are_what_they_were():
    sets = [BitMap(range(0, 200_000, 3)), BitMap(), BitMap([7, 2**31])]
    before = [one.copy() for one in sets]
    lay_together(sets)
    assert sets == before
