"""A ruleset: one application, many, or a table of them."""

from __future__ import annotations

import errno
import itertools
import operator
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, TypeVar

from . import _frame, _indicia
from ._errors import InputError
from ._types import CaseReport, Diagnostic, Explanation, IndicatorInfo, InputPath

if TYPE_CHECKING:
    from ._indicia import Verdict

Frame = TypeVar("Frame")
ColumnName = Literal["id", "outcome", "score", "coverage", "indicators", "verdict"]
_COLUMNS: tuple[ColumnName, ...] = ("outcome", "score", "coverage", "indicators", "verdict")


@dataclass(frozen=True)
class Mapped:
    """An application that was made of foreign documents, and what stayed behind."""

    record: dict[str, Any]
    """The application, for `Ruleset.screen`."""
    mapping: str
    """The mapping that was used."""
    dropped: list[dict[str, str]]
    """Protected keys that the documents have (`path`, `ground`): they never reach a rule."""
    left_out: list[dict[str, str]]
    """Values that were left out (`field`, `value`), such as "Upon request" for a phone number."""
    unmapped: list[str]
    """Paths of values that the mapping does not read."""


class Ruleset(_indicia.Ruleset):
    """A checked and compiled ruleset. Threads may share it; it can be copied and pickled."""

    def __new__(cls, *handle: Any) -> Ruleset:
        if len(handle) != 1 or not isinstance(handle[0], _indicia._Handle):
            raise TypeError("a ruleset is made by `Ruleset.default()`, `load`, `from_source` or `from_bundle`")
        return super().__new__(cls, handle[0])  # type: ignore[return-value]

    @classmethod
    def default(cls) -> Ruleset:
        """The shipped ruleset of applicant-fraud indicators.

        >>> Ruleset.default().name
        'applicant-fraud'
        """
        return super().default()  # type: ignore[return-value]

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Ruleset:
        """A ruleset from its folder, or from the file of its bundle.

        Raises `CompileError` with every diagnostic, `BundleError`, or `IndiciaError` for what can't be read.
        """
        return super().load(path)  # type: ignore[return-value]

    @classmethod
    def from_source(cls, files: str | Mapping[str, str]) -> Ruleset:
        """A ruleset from the text of one rule file, or of all its files by their names in its folder.

        >>> ruleset = Ruleset.from_source('''
        ... language 1
        ... record application { phone: phone }
        ... indicator phone_missing "No phone number" {
        ...   category contact
        ...   severity low
        ...   when     phone is missing
        ... }
        ... decide {
        ...   categories contact
        ...   weights    info 1, low 5, medium 12, high 25
        ...   outcomes   clear, review
        ...   outcome review when score >= 5
        ... }
        ... ''')
        >>> ruleset.screen({}).outcome
        'review'

        Raises `CompileError` with every diagnostic.
        """
        if isinstance(files, str) and "\n" not in files and files.endswith((".indicia", ".yaml", ".bundle", os.sep)):
            raise ValueError(f"files: expected the text of a rule file, found what looks like a path, {files!r}: use `Ruleset.load`")
        return super().from_source(files)  # type: ignore[return-value]

    @classmethod
    def from_bundle(cls, bundle: bytes) -> Ruleset:
        """A ruleset from the bytes of its bundle (`to_bundle`, or `indicia build`).

        >>> Ruleset.from_bundle(Ruleset.default().to_bundle()).digest == Ruleset.default().digest
        True

        Raises `BundleError` for bytes that are none, are damaged, or of another version of the format.
        """
        if not isinstance(bundle, (bytes, bytearray, memoryview)):
            raise TypeError(f"bundle: expected bytes, found {type(bundle).__name__}")
        return super().from_bundle(bytes(bundle))  # type: ignore[return-value]

    def __reduce__(self) -> tuple[Any, ...]:
        return (_unpickled, (type(self), self.to_bundle()))

    def with_lists(self, **lists: Iterable[str] | Iterable[Mapping[str, Any]]) -> Ruleset:
        """The same ruleset with rows for its lists (texts) and tables (dicts), instead of their own.

        >>> ruleset = Ruleset.default().with_lists(diploma_mills=["Example University of Nowhere"])

        Raises `CompileError` if no list or table is called so, or a row does not fit.
        """
        for name, rows in lists.items():
            if isinstance(rows, (str, bytes, Mapping)) or not isinstance(rows, Iterable):
                raise TypeError(f"{name}: expected rows, each a text or a dict, found {type(rows).__name__}")
            if _frame.is_table(rows):
                raise TypeError(f"{name}: expected rows, found a table: pass its rows as dicts, or one of its columns")
        return self._with_lists({name: list(rows) for name, rows in lists.items()})  # type: ignore[return-value]

    @property
    def warnings(self) -> list[Diagnostic]:
        """What the check says of it besides errors."""
        return [Diagnostic.from_dict(data) for data in self._warnings]

    def indicators(self) -> list[IndicatorInfo]:
        """Its indicators, by category as the ruleset names them, then by id.

        >>> Ruleset.default().indicators()[0].category
        'contact'
        """
        return [IndicatorInfo(**data) for data in self._indicators()]

    def inputs(self) -> list[InputPath]:
        """The paths of an application that it reads, sorted, with the keys under which they stand in the input.

        >>> [one.key for one in Ruleset.default().inputs() if one.path == "resume.work[].start"]
        ['resume.work[].startDate']
        """
        return [InputPath(**data) for data in self._inputs()]

    def explain(
        self,
        indicator: str,
        application: object,
        as_of: str | date | None = None,
        *,
        redact_key: bytes | str | None = None,
        list_key: bytes | str | None = None,
    ) -> Explanation:
        """The whole tree of one indicator over one application. `str` of it is the tree, a line for each node.

        >>> print(Ruleset.default().explain("phone_fictional", {"form": {"phone": "+1 202 555 0143"}}).truth)
        true

        Raises `InputError` for an application that can't be read, `IndiciaError` for an indicator that is none.
        """
        made = self._explain(indicator, application, as_of, redact_key=redact_key, list_key=list_key)
        return Explanation.from_dict(made)

    def test(self, cases: str | PathLike[str] | Mapping[str, str]) -> CaseReport:
        """Runs cases (`*.cases.yaml`): of a folder, or of texts by file name.

        The report tells which cases hold, which indicators no case shows raised, clear or unknown, and what probes found:
        the records of the cases with single fields changed.

        Raises `CompileError` for cases that can't be read.
        """
        given = dict(cases) if isinstance(cases, Mapping) else Path(cases)
        for text in itertools.chain(*given.items()) if isinstance(given, dict) else ():
            if not isinstance(text, str):
                raise TypeError(f"cases: expected a folder, or a dict from file names to texts, found {type(text).__name__} in it")
            text.encode()
        report, gaps = self._test(given)
        return CaseReport.from_dict(report, gaps)

    def map(self, document: object, mapping: str = "auto") -> Mapped:
        """Makes an application of a foreign document: a JSON Resume, the payload of an applicant tracking system.

        `mapping` is a name of `mappings()`; "auto" recognises the document. For formats of several documents pass a dict
        from their names to them as `Documents`.

        >>> made = Ruleset.default().map({"basics": {"name": "Ann Example"}, "work": []})
        >>> made.mapping, made.record["resume"]["name"]
        ('json-resume', 'Ann Example')

        Raises `InputError` for a document that the mapping can't take or that none or several recognise, `ValueError` for
        a mapping that is none.
        """
        documents = dict(document) if isinstance(document, Documents) else {"document": document}
        name, applied = self._map(documents, mapping)
        return Mapped(mapping=name, **applied)

    def screen_many(
        self,
        applications: Iterable[object],
        as_of: str | date | None = None,
        *,
        on_error: Literal["raise", "row"] = "raise",
        progress: bool = False,
        redact_key: bytes | str | None = None,
        list_key: bytes | str | None = None,
    ) -> Iterator[Verdict | InputError]:
        """Screens applications one by one, as they come.

        With `on_error="row"` one that can't be read gives its `InputError` in place of a verdict, and the others go on.
        `progress` shows a bar if tqdm is installed.

        >>> verdicts = Ruleset.default().screen_many([{"id": "a-1"}, 7], on_error="row")
        >>> [type(one).__name__ for one in verdicts]
        ['Verdict', 'InputError']

        Raises `InputError` with `row`, the place among the applications from 0.
        """
        if on_error not in ("raise", "row"):
            raise ValueError(f'on_error: expected "raise" or "row", found {on_error!r}')
        single = isinstance(applications, (str, bytes, bytearray, memoryview, Mapping))
        if single or not (isinstance(applications, Iterable) or hasattr(applications, "__getitem__")):
            raise TypeError(f"applications: expected several, one after the other, found {type(applications).__name__}")
        if _frame.is_table(applications):
            raise TypeError("applications: expected several, one after the other, found a table: use `screen_frame`")
        return self._screen_many(applications, as_of, on_error, progress, redact_key, list_key)

    def _screen_many(
        self,
        applications: Iterable[object],
        as_of: str | date | None,
        on_error: str,
        progress: bool,
        redact_key: bytes | str | None,
        list_key: bytes | str | None,
    ) -> Iterator[Verdict | InputError]:
        if progress:
            try:
                from tqdm.auto import tqdm
            except ImportError:
                pass
            else:
                applications = tqdm(applications, unit=" applications")
        screen = self.screen
        for row, application in enumerate(applications):
            try:
                verdict = screen(application, as_of, redact_key=redact_key, list_key=list_key)
            except InputError as error:
                error.row = row
                if on_error == "raise" or error.path == "as_of":
                    raise
                yield error
            else:
                yield verdict

    def screen_frame(
        self,
        frame: Frame,
        mapping: Mapping[str, str] | None = None,
        *,
        explode: bool = False,
        columns: Sequence[ColumnName] = _COLUMNS,
        as_of: str | date | None = None,
        on_error: Literal["raise", "row"] = "raise",
        threads: int | None = None,
        redact_key: bytes | str | None = None,
        list_key: bytes | str | None = None,
    ) -> Frame:
        """Screens a table: pandas, Polars, PyArrow, or anything with the Arrow PyCapsule interface. Gives the same kind.

        Each row is an application. Struct and list columns are its records and lists; flat tables name their columns after
        paths (`form.phone`, `resume.work[0].name`) or say so in `mapping`, from column to path. Columns that the ruleset does
        not read are left alone. Missing, null, NaN and NaT are missing.

        The table that comes back has a row for each application: `outcome`, `score`, `coverage`, `indicators` (those raised)
        and `verdict` (the whole of it, nested); `columns` chooses among them and `id`. With `explode=True` it has a row for
        each finding instead, `row` being the application's.

        A value that does not fit raises `InputError` with `column`, `path` and `row`; with `on_error="row"` its row says so
        in a column `error`, and the others go on.

        `threads` is how many to use; without it, as many as the process may. `as_of` and the keys are those of `screen`.

        Raises `ValueError` for a mapping or columns that don't fit the table or the ruleset, `TypeError` for what is no table.
        """
        plan = _plan(self, mapping, explode, columns, as_of, on_error, threads, redact_key, list_key)
        made: Frame = _frame.screen(self, frame, plan, explode)
        return made

    def screen_json_lines(
        self,
        source: bytes | str | PathLike[str] | IO[bytes],
        *,
        explode: bool = False,
        columns: Sequence[ColumnName] = _COLUMNS,
        as_of: str | date | None = None,
        on_error: Literal["raise", "row"] = "raise",
        threads: int | None = None,
        redact_key: bytes | str | None = None,
        list_key: bytes | str | None = None,
    ) -> _frame.Stream:
        """Screens JSON Lines: bytes, a path, or a file that was opened in binary mode.

        Gives columns of Arrow that are made when they are taken, once: `pyarrow.table(…)`, `polars.DataFrame(…)`,
        `pandas.DataFrame.from_arrow(…)`, or a query of DuckDB. A text is a path; pass bytes for text.

        Arguments and columns are those of `screen_frame`. What can't be read raises where the columns are taken, as an
        exception of the library that takes them.
        """
        plan = _plan(self, None, explode, columns, as_of, on_error, threads, redact_key, list_key)
        if isinstance(source, (bytes, bytearray, memoryview)):
            return plan.run_lines(bytes(source), None)
        if isinstance(source, (str, PathLike)):
            return _run_path(plan, Path(source))
        if not hasattr(source, "read"):
            raise TypeError(f"source: expected bytes, a path or a binary file, found {type(source).__name__}")
        read = source.read()
        if not isinstance(read, (bytes, bytearray)):
            raise TypeError(f"source: expected a file that was opened in binary mode, found one of {type(read).__name__}")
        return plan.run_lines(bytes(read), None)

    def frame_schema(
        self,
        *,
        explode: bool = False,
        columns: Sequence[ColumnName] = _COLUMNS,
        on_error: Literal["raise", "row"] = "raise",
    ) -> _frame.Stream:
        """The columns that `screen_frame` gives, without rows: `pyarrow.table(…).schema`. For what must be told beforehand."""
        return _plan(self, None, explode, columns, None, on_error, 1, None, None).empty()


@lru_cache(maxsize=4)
def _unpickled(kind: type[Ruleset], bundle: bytes) -> Ruleset:
    """The ruleset of a bundle, compiled once in a process: workers get the same one with every task."""
    return kind.from_bundle(bundle)


class Documents(dict[str, object]):
    """Several documents about one applicant, by their names: for mappings that take more than one."""


def _plan(
    ruleset: Ruleset,
    mapping: Mapping[str, str] | None,
    explode: bool,
    columns: Sequence[str],
    as_of: str | date | None,
    on_error: str,
    threads: int | None,
    redact_key: bytes | str | None,
    list_key: bytes | str | None,
) -> _indicia._Plan:
    if on_error not in ("raise", "row"):
        raise ValueError(f'on_error: expected "raise" or "row", found {on_error!r}')
    if isinstance(columns, str) or not isinstance(columns, Iterable):
        raise TypeError(f"columns: expected a list of names, found a {type(columns).__name__}")
    names = list(columns)
    if not all(isinstance(name, str) for name in names):
        raise TypeError(f"columns: expected a list of names, found {names!r}")
    if not isinstance(explode, bool):
        raise TypeError(f"explode: expected True or False, found {explode!r}")
    mapping = {} if mapping is None else mapping
    if not isinstance(mapping, Mapping) or not all(isinstance(text, str) for pair in mapping.items() for text in pair):
        raise TypeError(f'mapping: expected a dict from column to path, such as {{"phone": "form.phone"}}, found {mapping!r}')
    try:
        wanted = _frame.cores() if threads is None else operator.index(threads)
    except TypeError:
        raise TypeError(f"threads: expected a whole number, found {threads!r}") from None
    if wanted < 1:
        raise ValueError(f"threads: expected at least 1, found {threads}")
    return _indicia._Plan(ruleset, list(mapping.items()), names, explode, on_error, wanted, as_of, redact_key, list_key)


def _run_path(plan: _indicia._Plan, path: Path) -> _frame.Stream:
    """Lines of a file; errors of the system name it."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    try:
        return plan.run_lines(None, path)
    except OSError as error:
        hint = " (a text is a path: pass lines as bytes)" if str(path).lstrip().startswith("{") else ""
        raise type(error)(f"can't read `{path}`: {error}{hint}") from None


def check(files: str | Mapping[str, str]) -> list[Diagnostic]:
    """All errors and warnings of a rule file, or of a ruleset's files by their names.

    >>> for found in check("language 1\\nrecord application { a: txt }"):
    ...     print(found)
    rules.indicia:1:1: error[E0404]: the ruleset has no `decide`
    rules.indicia:2:25: error[E0202]: unknown type `txt`
    """
    found = _indicia.check(files)
    return [Diagnostic.from_dict(data) for data in found]


def format(text: str, file: str = "rules.indicia") -> str:
    """A rule file in its canonical form.

    >>> print(format("language 1\\nlet a=1"), end="")
    language 1
    <BLANKLINE>
    let a = 1

    Raises `CompileError` with the syntax errors.
    """
    return _indicia.format(text, file)


def verdict_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a verdict."""
    return _indicia.verdict_schema()
