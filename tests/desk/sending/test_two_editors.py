"""Any order of what two editors do: nothing is lost, and both have the same in the end.

Every edit writes a word that is nowhere else, so that a lost one is known by name. Whoever deletes
or overwrites a word that lies before them gives it up, and so does whoever chooses the other side.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from itertools import permutations, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.desk.sending.conftest import git, make_editors, write_story

from guongsang.desk.sending import send as sending
from guongsang.desk.sending.git import Git
from guongsang.desk.sending.refuse import NotSentError
from guongsang.desk.sending.send import QuestionsError

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
SAME, NEW = "con-chu", "moi"
MARKS = re.compile(rb"^(<{7}|={7}|>{7}|\|{7})( |$)", re.MULTILINE)
WORD = re.compile(rb"tu[0-9]+x")


class Desk:
    """Both editors, and the words that somebody still wants."""

    def __init__(self, folder: Path) -> None:
        self.editors = make_editors(folder)
        self.far = self.editors[0].far
        self.count = 0
        self.given_up: set[bytes] = set()
        self.written: set[bytes] = set()

    def word(self) -> str:
        self.count += 1
        word = f"tu{self.count}x"
        self.written.add(word.encode())
        return word

    def words_of(self, path: Path) -> set[bytes]:
        return {*WORD.findall(path.read_bytes())} if path.is_file() else set()

    def overwrite(self, path: Path, text: str) -> None:
        before = self.words_of(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        self.given_up |= before - self.words_of(path)

    # What an editor may do.

    def edit(self, who: int, slug: str, part: int) -> None:
        """Change a paragraph, add one, or change a key of the front matter."""
        path = self.editors[who].story(slug)
        if not path.is_file():
            return
        head, fence, body = path.read_text("utf-8").rpartition("---\n")
        paragraphs = body.strip("\n").split("\n\n")
        if part == 0:
            head = re.sub(r"^title: .*$", f"title: Bài {self.word()}", head, flags=re.MULTILINE)
        elif part == 1:
            paragraphs.insert(len(paragraphs) // 2, f"Thêm {self.word()}.")
        else:
            paragraphs[part % len(paragraphs)] = f"Sửa {self.word()}."
        self.overwrite(path, head + fence + "\n" + "\n\n".join(paragraphs) + "\n")

    def add_photo(self, who: int) -> None:
        editor = self.editors[who]
        if editor.story(SAME).is_file():
            self.overwrite(editor.story(SAME, "anh-1.jpg"), self.word())

    def begin(self, who: int) -> None:
        editor = self.editors[who]
        if not editor.story(NEW).exists():
            text = write_story(f"Mới {self.word()}", f"Chữ {self.word()}.")
            self.overwrite(editor.story(NEW), text)

    def delete(self, who: int) -> None:
        folder = self.editors[who].story(SAME).parent
        for path in folder.glob("*"):
            self.given_up |= self.words_of(path)
        shutil.rmtree(folder, ignore_errors=True)

    def register(self, who: int, part: int) -> None:
        """Add a record, or change the one that all have."""
        path = self.editors[who].register("authors.yml")
        text = path.read_text("utf-8")
        word = self.word()
        if part:
            text = f"{text}{word}: {{name: Người {word}}}\n"
        else:
            text = re.sub(
                r"^ban-bien-tap: .*$", f"ban-bien-tap: {{name: {word}}}", text, flags=re.M
            )
        self.overwrite(path, text)
        ledger = self.editors[who].register("addresses.txt")
        line = self.word()
        self.overwrite(ledger, f"{ledger.read_text('utf-8')}/2026/{line}/\n")

    def send(self, who: int, choice: str, *wanted: str, rejected: bool = False) -> None:
        editor, other = self.editors[who], self.editors[1 - who]
        changes = editor.changes()
        ids = [each for each in changes if each in wanted] if wanted else list(changes)
        unsent = {path for each in changes.values() if each.id not in ids for path in each.paths}
        before = {path: editor.root.joinpath(path) for path in unsent if "registers" not in path}
        held = {path: each.read_bytes() if each.exists() else None for path, each in before.items()}
        tries: list[int] = []

        def be_faster() -> None:
            tries.append(1)
            if rejected and len(tries) == 1:
                (other.root / "docs/gioi-thieu.md").write_text(f"# {len(self.written)}\n", "utf-8")
                sending.send(other.root, ["docs/gioi-thieu.md"], git=Git(other.root, 20))

        choices: dict[str, str] = {}
        while True:
            try:
                sending.send(
                    editor.root, ids, choices, git=Git(editor.root, 20), on_built=be_faster
                )
                break
            except QuestionsError as error:
                for each in error.questions:
                    picked = choice if choice in each.clash.choices else "theirs"
                    choices[each.clash.id] = picked
                    self.give_up(editor, each, picked)
        for path, content in held.items():
            there = editor.root / path
            assert (there.read_bytes() if there.exists() else None) == content, path

    def give_up(self, editor, question, picked: str) -> None:
        clash = question.clash
        kept = clash.choose(picked) or b""
        for side in (clash.mine, clash.theirs):
            self.given_up |= {*WORD.findall(side or b"")} - {*WORD.findall(kept)}
        if clash.part == "story" and picked == "mine" and clash.mine is None:
            told = git(
                self.far,
                "grep",
                "-h",
                "-a",
                "-o",
                "tu[0-9]*x",
                "main",
                "--",
                f"stories/2026/{SAME}",
            )
            self.given_up |= {*told.encode().split()}
        if clash.part == "story" and picked == "theirs" and clash.theirs is None:
            for path in editor.story(question.about.split("/")[1]).parent.glob("*"):
                self.given_up |= self.words_of(path)

    def send_offline(self, who: int) -> None:
        editor = self.editors[who]
        ids, before = list(editor.changes()), self.tree(editor)
        with editor.offline(), pytest.raises(NotSentError) as caught:
            sending.send(editor.root, ids, git=Git(editor.root, 20))
        assert caught.value.reason == "offline"
        assert self.tree(editor) == before

    def update(self, who: int) -> None:
        editor = self.editors[who]
        held = {
            path: editor.root / path for each in editor.changes().values() for path in each.paths
        }
        before = {path: self.words_of(each) for path, each in held.items()}
        sending.update(editor.root, git=Git(editor.root, 20))
        for path, words in before.items():
            assert words <= self.words_of(held[path]) | self.given_up, path

    # What must hold.

    @staticmethod
    def tree(editor) -> dict[str, bytes]:
        return {
            path: each for path, each in editor.files().items() if not path.startswith(".cache")
        }

    def check_no_marks(self) -> None:
        for editor in self.editors:
            for path, content in editor.files().items():
                assert not MARKS.search(content), path
                assert not path.endswith((".orig", ".rej", ".tmp"))

    def check_end(self) -> None:
        """All is sent and taken in: nothing is left over, and nothing is missing."""
        for _ in range(2):
            for who in (0, 1):
                if self.editors[who].changes():
                    self.send(who, "both")
        for who in (0, 1):
            self.update(who)
        lan, minh = map(self.tree, self.editors)
        assert lan == minh
        self.check_no_marks()
        there = {word for path, each in lan.items() for word in WORD.findall(each)}
        assert self.written - self.given_up <= there
        for editor in self.editors:
            assert editor.changes() == {}
            assert editor.git("status", "--porcelain") == ""
            assert editor.git("rev-parse", "HEAD") == git(self.far, "rev-parse", "main")
            assert git(self.far, "for-each-ref", "--format=%(refname)") == "refs/heads/main\n"


_WHO = st.integers(0, 1)
_CHOICE = st.sampled_from(("mine", "theirs", "both"))


class TwoEditors(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="hai-nguoi-"))
        self.desk = Desk(self.folder)

    @rule(who=_WHO, part=st.integers(0, 4))
    def edit_the_same_story(self, who, part) -> None:
        self.desk.edit(who, SAME, part)

    @rule(who=_WHO, part=st.integers(0, 4))
    def edit_a_story_of_ones_own(self, who, part) -> None:
        self.desk.edit(who, ("giot-mau", "ban-thao")[who], part)

    @rule(who=_WHO)
    def begin_a_story(self, who) -> None:
        self.desk.begin(who)

    @rule(who=_WHO)
    def add_a_photo(self, who) -> None:
        self.desk.add_photo(who)

    @rule(who=_WHO)
    def delete_the_story(self, who) -> None:
        self.desk.delete(who)

    @rule(who=_WHO, part=st.integers(0, 1))
    def edit_a_register(self, who, part) -> None:
        self.desk.register(who, part)

    @rule(who=_WHO, choice=_CHOICE, rejected=st.booleans())
    def send_all(self, who, choice, rejected) -> None:
        self.desk.send(who, choice, rejected=rejected)

    @rule(who=_WHO, choice=_CHOICE)
    def send_one_and_keep_the_rest(self, who, choice) -> None:
        self.desk.send(who, choice, f"2026/{SAME}")

    @rule(who=_WHO)
    def send_without_network(self, who) -> None:
        self.desk.send_offline(who)

    @rule(who=_WHO)
    def take_in(self, who) -> None:
        self.desk.update(who)

    @invariant()
    def no_marks(self) -> None:
        if hasattr(self, "desk"):
            self.desk.check_no_marks()

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            try:
                self.desk.check_end()
            finally:
                shutil.rmtree(self.folder, ignore_errors=True)


def run_randomly(number: int, examples: int) -> None:
    run_state_machine_as_test(
        seed(number)(TwoEditors),
        settings=settings(
            max_examples=examples,
            stateful_step_count=16,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_random_orders():
    run_randomly(0, 4)


@pytest.mark.long
@pytest.mark.parametrize("number", range(1, 1 + int(os.environ.get("GUONGSANG_SEEDS", "2"))))
def test_many_random_orders(number):
    run_randomly(number, 6)


# Of all orders of the seven every so many are tried: GUONGSANG_ORDERS=1 tries all.
EACH = int(os.environ.get("GUONGSANG_ORDERS", "360"))
DOINGS = {
    "edit the same story": lambda desk: (desk.edit(0, SAME, 1), desk.edit(1, SAME, 2)),
    "edit different stories": lambda desk: (
        desk.edit(0, "giot-mau", 0),
        desk.edit(1, "ban-thao", 0),
    ),
    "one stays unsaved": lambda desk: (
        desk.edit(0, "giot-mau", 3),
        desk.send(0, "both", f"2026/{SAME}"),
    ),
    "one is offline": lambda desk: (desk.send_offline(1), desk.send(0, "both")),
    "a push is rejected": lambda desk: desk.send(1, "both", rejected=True),
    "a deleted story is edited elsewhere": lambda desk: (desk.delete(1), desk.edit(0, SAME, 1)),
    "a register is edited by both": lambda desk: (desk.register(0, 1), desk.register(1, 1)),
}


def run_order(folder: Path, names) -> None:
    desk = Desk(folder)
    for name in names:
        DOINGS[name](desk)
        desk.check_no_marks()
    desk.check_end()


def is_next(first: str, second: str) -> bool:
    names = list(DOINGS)
    return names.index(second) == (names.index(first) + 1) % len(names)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(*pair, marks=[] if is_next(*pair) else pytest.mark.long)
        for pair in product(DOINGS, repeat=2)
    ],
)
def test_every_pair_of_doings(first, second, tmp_path):
    run_order(tmp_path, (first, second))


@pytest.mark.long
@pytest.mark.parametrize("first", DOINGS)
def test_every_order_of_all_seven(first, tmp_path):
    rest = [name for name in DOINGS if name != first]
    for at, order in enumerate(permutations(rest)):
        if at % EACH:  # there are 5,040 orders, each of a few seconds
            continue
        folder = tmp_path / str(at)
        folder.mkdir()
        run_order(folder, (first, *order))
        shutil.rmtree(folder, ignore_errors=True)
