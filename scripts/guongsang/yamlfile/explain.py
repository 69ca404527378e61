"""The parser's complaints as rules of ours, and the line to set aside for each."""

from __future__ import annotations

import re
from typing import Any

import yaml

from guongsang.problems.problem import Problem, problem

_BRACKET = re.compile(r"[\[{]")
_FLOW_KEY = re.compile(r"(?<=[{,])\s*([^\s,{}\[\]:]+):\s+([^,{}\[\]]+)")
_TAB_INDENT = re.compile(r" *\t")
_OPENER = re.compile(r"(?<=[:-] )[@`%*&!|>?]|^[@`%*&!|>?]")
_NEARLY_KEY = re.compile(r"((?:- +)*[\w-]+)[ \u00a0]*[:：][\u00a0\u3000 ]*(\S.*)")
_KEY_LINE = re.compile(r"(\s*(?:- +)*(?:[^\s:#'\"\[{][^:#]*?)?:)\s+(\S.*)")


def explain_error(
    error: yaml.YAMLError, lines: list[str], path: str, first_line: int
) -> tuple[Problem, int]:
    """Turn the parser's complaint into a rule of ours; also the row (0-based) to set aside."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return problem("GS122", path, first_line, 1, detail=str(error)), 0
    said = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    row, column = min(mark.line, len(lines) - 1), mark.column
    rule, args = _recognise(said, context, lines[row], column)
    if rule in ("GS128", "GS129", "GS131"):
        start = getattr(error, "context_mark", None) or mark
        row, column = min(start.line, len(lines) - 1), start.column
        if rule == "GS131" and not lines[row].strip():
            # The parser has reached the end: the bracket was opened on some line above.
            row = next((n for n in range(row, -1, -1) if _BRACKET.search(lines[n])), row)
            column = max(lines[row].rfind("["), lines[row].rfind("{"), 0)
        args = _tell_line(rule, lines[row])
    if "document start" in said:
        # A line that begins with % is a command to the parser, which misses what must follow it.
        row = next((n for n in range(row, -1, -1) if lines[n].startswith("%")), row)
        column = 0
    above = lines[row - 1] if row else ""
    if "mapping values" in said and lines[row][:1].strip() and above.strip() and rule == "GS127":
        # The line above was taken for the beginning of this one: it is the one without a colon.
        row, column = row - 1, len(above) - len(above.lstrip())
        rule, args = "GS128", _tell_line("GS128", above)
    return problem(rule, path, row + first_line, column + 1, **args), row


def _tell_line(rule: str, line: str) -> dict[str, Any]:
    """Return the arguments of a rule about a whole line; for GS128 what was meant, if that shows:
    a colon without a space behind it, or one of another alphabet."""
    args = {"text": line.strip()[:60]}
    if rule != "GS128":
        return args
    meant = _NEARLY_KEY.fullmatch(line.strip())
    return args | {"typed": f"{meant[1]}: {meant[2]}" if meant else ""}


def _recognise(said: str, context: str, line: str, column: int) -> tuple[str, dict[str, Any]]:
    shown = {"text": line.strip()[:60]}
    here = line[column : column + 1]
    rule, args = "GS122", {"detail": " ".join(part for part in (context, said) if part)}
    if "tab character" in said or here == "\t" or _TAB_INDENT.match(line):
        rule, args = "GS112", {}
    elif "mapping values are not allowed" in said:
        match = _KEY_LINE.match(line)
        rule, args = "GS127", shown
        if match is not None and match.end(1) <= column:
            value = match[2].replace('"', "'")
            rule, args = "GS113", {"key": match[1].strip(" :-"), "value": value}
    elif "quoted scalar" in context:
        rule, args = ("GS130" if "escape" in said else "GS129"), {}
    elif "tag handle" in said or "a tag" in context:
        rule, args = "GS120", {"tag": line[column:].partition(" ")[0][:60]}
    elif "flow" in context:
        rule, args = _recognise_in_flow(line, column)
    elif "expected ':'" in said:
        rule, args = "GS128", {}
    elif "block mapping" in context or "block collection" in context:
        closed_early = line[:column].rstrip().endswith(("'", '"'))
        rule, args = ("GS126" if closed_early else "GS127"), shown
        if here in ("]", "}"):
            rule, args = "GS131", {}
    elif "node content" in said or "entries are not allowed" in said:
        rule, args = "GS114", {"character": here or "?"}
    elif "token" in said or "scanning a" in context or "mapping keys" in said:
        opener = _OPENER.search(line[: column + 1])
        rule, args = "GS114", {"character": opener[0] if opener else here or "?"}
    return rule, args


def _recognise_in_flow(line: str, column: int) -> tuple[str, dict[str, Any]]:
    for match in _FLOW_KEY.finditer(line) if line[column : column + 1] == ":" else ():
        if match.start(2) <= column < match.end(2):
            return "GS113", {"key": match[1], "value": match[2].replace('"', "'")}
    return "GS131", {}


def set_aside(lines: list[str], row: int) -> bool:
    """Make the offending line harmless so that the rest can be read; False if that cannot help."""
    line = lines[row]
    match = _KEY_LINE.match(line.replace("\t", "  "))
    for mended in ([f"{match.group(1)} ''"] if match else []) + ["#"]:
        if mended != line:
            lines[row] = mended
            return True
    return False
