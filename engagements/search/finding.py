"""Whether an engagement is found by what somebody asks for: one condition a term, answered by the index."""

from collections.abc import Iterable, Iterator
from functools import partial

from django.db import connection, models
from django.db.models import F, Func, Q, Value

from common.search.asking import Term, asked
from common.search.names import Names, names_of
from engagements.models.participation import Participation
from partners.models import PARTNER, Country, FormerName, Partner

# The index of search texts: engagements/search/index.py.
INDEX = "engagements_search"
COUNTRY = "country"
# Keys that are fetched at a time.
FETCHED = 20_000


def conditions(text: str, names: Names | None = None) -> list[Q]:
    """All that must hold of an engagement so that the text finds it.

    A term is found in the engagement's own text, or in a name of a partner or country of it. Signs that are
    no words find nothing; nothing typed asks for nothing.
    """
    found = asked(text)
    if not found.terms:
        return [] if found.is_blank else [Q(pk__in=[])]
    names = names or names_now()
    return [_condition(term, names) for term in found.terms]


def names_now() -> Names:
    """The names of partners, former ones too, and of countries, by ("partner" or "country", key)."""
    rows = [
        model.objects.order_by()
        .annotate(of=Value(of))
        .values_list("of", path, "search_text")
        for of, model, path in (
            (PARTNER, Partner, "pk"),
            (PARTNER, FormerName, "partner"),
            (COUNTRY, Country, "pk"),
        )
    ]  # fmt: skip
    found = rows[0].union(*rows[1:], all=True)
    return names_of(tuple(((of, key), text) for of, key, text in found), by_stem=False)


def _condition(term: Term, names: Names) -> Q:
    meant = names.meant(term)
    found = Q(
        IsFound(
            F("pk"),
            term=term,
            partners=tuple(sorted(key for of, key in meant if of == PARTNER)),
            countries=tuple(sorted(key for of, key in meant if of == COUNTRY)),
        )
    )
    return ~found if term.without else found


class IsFound(Func):
    """`pk IN (…)`: the keys of all that the term finds, asked for once and not once a row."""

    output_field = models.BooleanField()
    template = "%(expressions)s IN (%(keys)s)"

    def __init__(
        self, pk: F, *, term: Term, partners: Iterable[int] = (), countries: Iterable[int] = ()
    ) -> None:
        super().__init__(pk)
        self.term, self.partners, self.countries = term, partners, countries

    def as_sqlite(self, compiler, connection, **context):
        return self._as_sql(compiler, connection)

    def as_postgresql(self, compiler, connection, **context):
        return self._as_sql(compiler, connection)

    def _as_sql(self, compiler, connection):
        asked = _in_text(self.term, connection.vendor)
        asked += [(keys, []) for keys in _through(Participation, "partner_id", self.partners)]
        asked += [
            (keys, [])
            for keys in _through(Country.engagements.through, "country_id", self.countries)
        ]
        keys = " UNION ALL ".join(keys for keys, _values in asked)
        sql, params = super().as_sql(compiler, connection, keys=keys)
        return sql, [*params, *(value for _keys, values in asked for value in values)]


def keys_in_text(term: Term) -> Iterator[int]:
    """The engagements in whose text the term stands, whoever may see them: from the index itself."""
    with connection.cursor() as cursor:
        for statement, values in _in_text(term, connection.vendor):
            cursor.execute(statement, values)
            while rows := cursor.fetchmany(FETCHED):
                yield from (key for (key,) in rows)


def _in_text(term: Term, vendor: str) -> list[tuple[str, list[str]]]:
    """The questions, with their values, that together give the keys of those in whose text a term stands."""
    index, query, holds = {
        "sqlite": (
            f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s",
            _fts5,
            "instr(search_text, %s) > 0",
        ),
        "postgresql": (
            f"SELECT engagement_id FROM {INDEX} WHERE words @@ %s::tsquery",
            _tsquery,
            "strpos(search_text, %s) > 0",
        ),
    }[vendor]
    asked = []
    if term.tokens or term.beginnings:
        asked.append((index, [query(sorted(term.tokens), sorted(term.beginnings))]))
    for phrase in term.phrases:
        whole, last = (phrase.words[:-1], phrase.words[-1:]) if phrase.open else (phrase.words, ())
        words = query(sorted(set(whole)), sorted(last), every=True)
        having = f"SELECT id FROM engagements_engagement WHERE id IN ({index}) AND {holds}"
        asked.append((having, [words, phrase.text]))
    return asked


def _through(model: type[models.Model], column: str, pks: Iterable[int]) -> list[str]:
    """The engagements of these partners or countries. Their keys are numbers of ours."""
    among = ", ".join(map(str, pks))
    table = model._meta.db_table
    return [f"SELECT engagement_id FROM {table} WHERE {column} IN ({among})"] if among else []


def _query(
    tokens: Iterable[str], beginnings: Iterable[str], *, quote: str, begins: str, signs, every=False
) -> str:
    """Tokens hold letters, digits and "_": nothing in them has to be escaped."""
    parts = [f"{quote}{each}{quote}" for each in tokens]
    parts += [f"{quote}{each}{quote}{begins}" for each in beginnings]
    return signs[every].join(parts)


_fts5 = partial(_query, quote='"', begins="*", signs=(" OR ", " AND "))
_tsquery = partial(_query, quote="'", begins=":*", signs=(" | ", " & "))
