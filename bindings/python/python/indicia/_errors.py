"""What can go wrong. Every message says where, what was expected and what was found."""

from __future__ import annotations

import json
from typing import Any

from ._types import Diagnostic


class IndiciaError(Exception):
    """The base of all errors of this package."""


class CompileError(IndiciaError):
    """A ruleset, a rule file or a case file with errors. Its message is what the command line prints."""

    diagnostics: list[Diagnostic]
    """All errors and warnings."""

    def __init__(self, message: str, diagnostics: list[Diagnostic] | None = None) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics or []

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.args[0], self.diagnostics))


class InputError(IndiciaError):
    """An application that can't be read, or an evaluation date that is none."""

    path: str | None
    """The field, with indexes: `resume.work[2].end`."""
    expected: str | None
    """What the field is."""
    found: str | None
    """What stands there."""
    column: str | None
    """The column of a table, if it came from one."""
    row: int | None
    """The row of a table or the place in an iterable, from 0."""

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        expected: str | None = None,
        found: str | None = None,
        column: str | None = None,
        row: int | None = None,
    ) -> None:
        super().__init__(message)
        self.path = path
        self.expected = expected
        self.found = found
        self.column = column
        self.row = row

    def __reduce__(self) -> tuple[Any, ...]:
        return (_input_error, (self.args[0], self.path, self.expected, self.found, self.column, self.row))


class BundleError(IndiciaError):
    """Bytes that are no bundle, or a damaged one, or one of another version."""


def _input_error(
    message: str, path: str | None, expected: str | None, found: str | None, column: str | None, row: int | None
) -> InputError:
    return InputError(message, path=path, expected=expected, found=found, column=column, row=row)


def compile_error(text: str, diagnostics: str) -> CompileError:
    """The error of these diagnostics, given as JSON."""
    return CompileError(text, [Diagnostic.from_dict(data) for data in json.loads(diagnostics)])
