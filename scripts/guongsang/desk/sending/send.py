"""Send stories and take in those of others, with the editor's own git.

The new version is built on what was fetched; the folder is never rebased, stashed or merged. Until
the other end has taken the version, nothing here has changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guongsang.desk.sending import review
from guongsang.desk.sending.changes import Change, State, read_state
from guongsang.desk.sending.clash import Choice
from guongsang.desk.sending.git import Git, GitError, NoGitError
from guongsang.desk.sending.plan import Plan, Question, make_plan
from guongsang.desk.sending.refuse import NotSentError
from guongsang.desk.sending.repo import Repo, find_repo, make_tree
from guongsang.desk.sending.settle import Settled, settle
from guongsang.desk.sending.stem import Stem, fetch_stem, is_within
from guongsang.site.sources.project import CACHE
from guongsang.stories.schema import is_key
from guongsang.text.fold import slug

LOG: Final = f"{CACHE}/gui-bai.log"
_SECRET: Final = re.compile(r"(?<=:)//[^/@\s]+@")  # what signs in, in an address
_TRIES: Final = 5  # somebody was faster; more often than that is no accident
_NAME: Final = re.compile(r"[^<>\n\r\0]{1,100}")
_MAIL: Final = re.compile(r"[^<>\s@]{1,64}@[^<>\s@]{1,190}")
# What a version says of itself in the history, which editors never see.
_SUBJECTS: Final = {
    "added": "Bài mới: {title}",
    "changed": "Sửa: {title}",
    "deleted": "Bỏ: {title}",
    "renamed": "Đổi địa chỉ: {title}",
    "retracted": "Gỡ bài: {title}",
}
# Of what git says in English: what it means for whoever wants to send.
_FASTER: Final = ("non-fast-forward", "fetch first", "cannot lock ref", "failed to update ref",
                  "incorrect old value", "stale info", "reference already exists")  # fmt: skip
_MEANINGS: Final = (
    ("stranger", ("Host key verification failed",)),
    (
        "sign-in",
        (
            "Authentication failed",
            "terminal prompts disabled",
            "could not read Username",
            "could not read Password",
            "Permission denied (",
            "returned error: 401",
            "returned error: 403",
            "Repository not found",
        ),
    ),
    ("not-allowed", ("remote rejected", "pre-receive hook declined", "protected branch")),
    (
        "offline",
        (
            "Could not resolve host",
            "Could not read from remote repository",
            "unable to access",
            "unable to connect",
            "does not appear to be a git repository",
            "early EOF",
            "hung up unexpectedly",
            "Connection",
            "does not exist",
        ),
    ),
)


class QuestionsError(Exception):
    """Others have changed the same things: `questions` are to be answered, nothing was sent."""

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__(len(questions))
        self.questions = tuple(questions)


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent. `link` is where a version for review is proposed, `review` its name; `moved`
    are new stories that got another address, for theirs was taken meanwhile."""

    changes: tuple[Change, ...]
    settled: Settled
    moved: Mapping[str, str]
    review: str = ""
    link: str | None = None


def look(root: Path) -> State:
    """Return what can be sent from here. Raises NotSentError."""
    with _words(root):
        return read_state(find_repo(root))


def introduce(root: Path, name: str, mail: str) -> None:
    """Say who sends from this folder, once. Raises NotSentError."""
    if not _NAME.fullmatch(name.strip()) or not _MAIL.fullmatch(mail.strip()):
        raise NotSentError("who-wrong")
    with _words(root):
        repo = find_repo(root)
        repo.git.run("config", "--local", "user.name", name.strip())
        repo.git.run("config", "--local", "user.email", mail.strip())


def is_introduced(root: Path) -> bool:
    """Return whether it is known who sends from here. Raises NotSentError."""
    with _words(root):
        return _is_known(find_repo(root))


def send(
    root: Path,
    wanted: Collection[str],
    choices: Mapping[str, Choice] | None = None,
    *,
    for_review: bool = False,
    git: Git | None = None,
    on_built: Callable[[], None] = lambda: None,
) -> Sent:
    """Send the changes of these ids, and the registers that they need.

    `choices` are answers to questions by the ids of their clashes; `on_built` is called before each
    try, for tests. Raises QuestionsError where others have changed the same, NotSentError, OSError.
    """
    with _words(root):
        repo = find_repo(root, git)
        if not _is_known(repo):
            raise NotSentError("who")
        for _ in range(_TRIES):
            stem = fetch_stem(repo)
            state = read_state(repo)
            plan = make_plan(state, stem, wanted, choices or {})
            if plan.questions:
                raise QuestionsError(plan.questions)
            chosen = tuple(each for each in state.changes if each.id in wanted)
            version = _make_version(repo, stem, plan, chosen)
            on_built()
            if for_review:
                name = _send_for_review(repo, stem, plan, chosen)
                return Sent(chosen, Settled(), {}, name, review.make_link(repo, name))
            if version == stem.theirs or _push(repo, version, repo.far_branch):
                return Sent(chosen, _settle(state, version, stem, plan), plan.moved)
        raise NotSentError("busy")


def update(root: Path, *, git: Git | None = None) -> Settled:
    """Take in what others have sent; files that are edited here stay as they are.

    Raises QuestionsError, NotSentError, OSError.
    """
    with _words(root):
        repo = find_repo(root, git)
        stem = fetch_stem(repo)
        state = read_state(repo)
        plan = make_plan(state, stem, (), {})
        if plan.questions:
            raise QuestionsError(plan.questions)
        if len(stem.parents) > 1 and not _is_known(repo):
            raise NotSentError("who")
        return _settle(state, _make_version(repo, stem, plan, ()), stem, Plan())


def _settle(state: State, version: str, stem: Stem, plan: Plan) -> Settled:
    superseded, names = review.find_superseded(state, stem.theirs)
    settled = settle(state, version, plan.files, plan.partial, superseded)
    for name in names:
        review.forget_sent(state.repo, name)
    return settled


def _make_version(repo: Repo, stem: Stem, plan: Plan, chosen: Sequence[Change]) -> str:
    """Return the id of the version to send: that of the stem where nothing differs from it."""
    tree = make_tree(repo, stem.tree, plan.files)
    if len(stem.parents) == 1:
        there = repo.git.ask("rev-parse", "--verify", f"{stem.parents[0]}^{{tree}}")
        if tree == there:
            return stem.parents[0]
    return _commit(repo, tree, stem.parents, chosen)


def _commit(repo: Repo, tree: str, parents: Sequence[str], chosen: Sequence[Change]) -> str:
    subjects = [_SUBJECTS[each.what].format(title=" ".join(each.title.split())) for each in chosen]
    told = (
        "\n".join(subjects)
        if len(subjects) < 2
        else "\n\n".join((subjects[0], "\n".join(subjects[1:])))
    )
    flags = [flag for parent in parents for flag in ("-p", parent)]
    made = repo.git.run(
        "commit-tree", *flags, "-F", "-", tree, given=(told or "Nhận bài mới").encode()
    )
    return made.decode().strip()


def _send_for_review(repo: Repo, stem: Stem, plan: Plan, chosen: Sequence[Change]) -> str:
    """Send a version beside the shared one; return its name."""
    tree = make_tree(repo, stem.tree, plan.files)
    if not plan.files:
        raise NotSentError("nothing")
    wanted = _name_of(chosen[0])
    sent = review.list_sent(repo)
    for n in range(1, 100):
        name = wanted if n == 1 else f"{wanted}-{n}"
        before = sent.get(name)
        if before and is_within(repo, before, stem.theirs):
            before = None
        parents = stem.parents
        if before:
            parents = (before, *(each for each in parents if not is_within(repo, each, before)))
        version = _commit(repo, tree, parents, chosen)
        if _push(repo, version, review.far_name(name)):
            review.note_sent(repo, name, version)
            return name
    raise NotSentError("busy")


def _name_of(change: Change) -> str:
    key = change.id.replace("/", "-") if change.kind == "story" else slug(change.id)
    return key if is_key(key) else "bai"


def _push(repo: Repo, version: str, name: str) -> bool:
    """Hand a version to the other end; False where somebody was faster."""
    try:
        repo.git.ask_far(
            *("push", "--progress", "--no-follow-tags", "--no-recurse-submodules"),
            *(repo.remote, f"{version}:{name}"),
        )
    except GitError as error:
        if any(sign in error.said for sign in _FASTER):
            return False
        raise
    return True


def _is_known(repo: Repo) -> bool:
    """Return whether git knows whom to name; it makes up no name from that of the machine."""
    told = repo.git.ask("-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT")
    return told is not None


@contextmanager
def _words(root: Path) -> Iterator[None]:
    """Tell what git refuses in the words of editors; what it said itself goes into a log."""
    try:
        yield
    except NoGitError as error:
        if error.version:
            raise NotSentError("old-git", version=error.version) from None
        raise NotSentError("no-git") from None
    except GitError as error:
        reason = _find_meaning(error)
        log = root / LOG
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(f"{_SECRET.sub('//…@', str(error))}\n", "utf-8")
        raise NotSentError(reason, log=LOG) from error


def _find_meaning(error: GitError) -> str:
    if error.code < 0:  # ended by us, for it was silent
        return "offline"
    for reason, signs in _MEANINGS:
        if any(sign in error.said for sign in signs):
            return reason
    return "unknown"
