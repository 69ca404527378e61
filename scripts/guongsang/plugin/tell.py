"""What a build tells editors: problems as they come, and one line for why it stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from guongsang.problems.formats import format_problem
from guongsang.problems.problem import Problem, problem
from guongsang.publish.lock import Holder

log = get_plugin_logger("guongsang")


@dataclass(frozen=True, slots=True)
class Teller:
    """Says it in one language, "vi" or "en"."""

    lang: str

    def report(self, problems: Sequence[Problem]) -> None:
        """Log every problem; strict mode counts the warnings among them."""
        for found in problems:
            write = log.error if found.is_error else log.warning
            write(format_problem(found, self.lang), extra={"problem": found})

    def tell_wait(self, holder: Holder) -> None:
        """Say that another build has to end first."""
        found = problem("GS815", "mkdocs.yml", pid=holder.pid, since=holder.since)
        log.info(format_problem(found, self.lang), extra={"problem": found})

    def refuse(self, problems: Sequence[Problem]) -> PluginError:
        """Return the error that stops a build for problems that were reported."""
        errors = sum(found.is_error for found in problems)
        told = {
            "vi": f"{errors} lỗi trong nội dung; trang đang đăng giữ nguyên.",
            "en": f"{errors} errors in the content; the published site is untouched.",
        }
        return PluginError(told[self.lang])

    def stop(self, found: Problem) -> PluginError:
        """Return the error that stops a build for one problem, which it tells."""
        return PluginError(format_problem(found, self.lang))

    def stop_for_dead(self) -> PluginError:
        """Return the error that stops a build when a worker has died."""
        told = {
            "vi": "Một tiến trình phụ bị dừng giữa chừng, có thể vì thiếu bộ nhớ; trang đang đăng "
            "giữ nguyên. Chạy lại, hoặc thêm --jobs 1.",
            "en": "A worker process ended early, perhaps for lack of memory; the published site is "
            "untouched. Run again, or add --jobs 1.",
        }
        return PluginError(told[self.lang])


def find_unwritable(error: OSError) -> Problem:
    """Return what a file that could not be written means to the newsroom."""
    return problem("GS812", "mkdocs.yml", reason=tell_reason(error))


def tell_reason(error: OSError) -> str:
    """Return why a file could not be read or written, and which."""
    file = f" – {error.filename}" if error.filename else ""
    return f"{error.strerror or error}{file}"
