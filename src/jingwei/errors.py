"""Errors a user can cause, each with its exit code.

Anything raised on purpose derives from :class:`JingweiError`; the command line prints its message and exits
with ``exit_code``. A bad *document* is not an error: it is a :class:`jingwei.model.Skipped` value.
"""

from __future__ import annotations


class JingweiError(Exception):
    """Base of all errors meant for the user; ``str(error)`` is a complete Chinese sentence."""

    exit_code = 5

    def __init__(self, message: str, message_en: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.message_en = message_en or message


class UsageError(JingweiError):
    """Wrong arguments or a named file that does not exist (exit code 2)."""

    exit_code = 2


class SettingsError(JingweiError):
    """An unknown key or a value out of range in the settings (exit code 2)."""

    exit_code = 2


class NothingReadableError(JingweiError):
    """None of the inputs could be read (exit code 3); ``skipped`` holds a :class:`jingwei.model.Skipped` each."""

    exit_code = 3

    def __init__(self, message: str, message_en: str = "", skipped: tuple[object, ...] = ()) -> None:
        super().__init__(message, message_en)
        self.skipped = skipped


class LibraryError(JingweiError):
    """The library is stale, corrupt, locked or full (exit code 4)."""

    exit_code = 4
