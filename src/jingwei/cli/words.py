"""The argument parser's own English, in Chinese: help headings and usage errors. An unknown sentence stays as it is."""

from __future__ import annotations

import re

import typer
from typer.core import TyperCommand, TyperGroup

_HELP = tuple(
    (re.compile(pattern, re.MULTILINE), chinese)
    for pattern, chinese in (
        (r"^Usage: ", "用法："),
        (r"\[OPTIONS\]", "[选项]"),
        (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]…"),
        (r"^Arguments:$", "参数："),
        (r"^Options:$", "选项："),
        (r"^Commands:$", "命令："),
        (r"\[required\]", "[必填]"),
        (r";\s*required\]", "；必填]"),
        (r"\[default:\s*([^\]]*)\]", r"[默认：\1]"),
        (r"Show this message and exit\.", "显示本帮助。"),
    )
)

_ERRORS = tuple(
    (re.compile(pattern, re.DOTALL), chinese)
    for pattern, chinese in (
        (r"No such option: (\S+)(?: \(Possible options: (.*)\))", r"没有 \1 这个选项，是否想用 \2？"),
        (r"No such option: (\S+)(?: Did you mean (\S+)\?)", r"没有 \1 这个选项，是否想用 \2？"),
        (r"No such option: (\S+)", r"没有 \1 这个选项"),
        (r"No such command '(.*)'\.(?: Did you mean (.*)\?)", r"没有 \1 这个命令，是否想用 \2？"),
        (r"No such command '(.*)'\.", r"没有 \1 这个命令"),
        (r"Missing (?:argument|option|parameter) '(.*?)'\.(.*)", r"缺少 \1\2"),
        (r"Missing command\.", "缺少命令"),
        (r"Option '(.*)' requires an argument\.", r"选项 \1 后面要写值"),
        (r"Option '(.*)' requires (\d+) arguments\.", r"选项 \1 后面要写 \2 个值"),
        (r"Option '(.*)' does not take a value\.", r"选项 \1 后面不写值"),
        (r"Got unexpected extra argument(?:\(s\)|s)? \((.*)\)", r"多出了参数：\1"),
        (r"Invalid value for '(.*?)': (?:Value error, )?'(.*)' is not one of (.*)\.", r"\1 的值 \2 不对，只能是：\3"),
        (r"Invalid value for '(.*?)': '?(?:.*?)'? is not a valid int.*", r"\1 的值应为整数"),
        (r"Invalid value for '(.*?)': \S+ is not in the range x>=(-?\d+)\.", r"\1 的值不得小于 \2"),
        (r"Invalid value for '(.*?)': (\S+) is not in the range (.*)\.", r"\1 的值 \2 超出范围 \3"),
        (r"Invalid value for '(.*?)': (.*)", r"\1 的值不对：\2"),
    )
)


def usage_error_words(message: str) -> str:
    """A sentence of the argument parser in Chinese.

    >>> usage_error_words("No such option: --nope")
    '没有 --nope 这个选项'
    """
    for pattern, chinese in _ERRORS:
        found = pattern.fullmatch(message)
        if found is not None:
            return found.expand(chinese)
    return message


def help_words(text: str) -> str:
    """A help page with its headings in Chinese."""
    for pattern, chinese in _HELP:
        text = pattern.sub(chinese, text)
    return text


class Command(TyperCommand):
    """A command whose help page is Chinese."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """The help page."""
        return help_words(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands whose help page is Chinese."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """The help page."""
        return help_words(super().get_help(ctx))
