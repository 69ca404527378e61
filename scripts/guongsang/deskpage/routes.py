"""The desk page: which answer each of its addresses has."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Final

from guongsang.deskpage.asked import BASE, MOST_BYTES, Asked, RefusedError, Reply, judge_head
from guongsang.deskpage.exchange.letters import Letters
from guongsang.deskpage.exchange.made import Making
from guongsang.deskpage.exchange.manuscripts import Manuscripts
from guongsang.deskpage.exchange.packing import Packing
from guongsang.deskpage.exchange.printing import Printing
from guongsang.deskpage.exchange.reporting import Reporting
from guongsang.deskpage.exchange.scripting import Scripting
from guongsang.deskpage.exchange.sending import Sending
from guongsang.deskpage.exchange.uploading import Uploading
from guongsang.deskpage.form.doing import Doing
from guongsang.deskpage.form.erasing import Erasing
from guongsang.deskpage.form.recording import Recording
from guongsang.deskpage.form.taking import remove_staged
from guongsang.deskpage.form.trying import Trials
from guongsang.deskpage.form.writing import Writing
from guongsang.deskpage.listing import Listing, Shown
from guongsang.deskpage.pictures import find_small
from guongsang.deskpage.texts import load_texts, say, say_refused
from guongsang.intake.word.package import MOST_BYTES as MOST_DOCUMENT
from guongsang.picture_formats import TYPES
from guongsang.plugin.report import BuildFailedError
from guongsang.site.sources.look import FindFolders

_PAGE: Final = Path(__file__).parent / "page"
_ICON: Final = Path(__file__).parent.parent / "assets/favicon.svg"
_OWN_TYPES: Final = {".js": "text/javascript", ".css": "text/css"}
MANUSCRIPT: Final = "manuscript"
Answer = Callable[[Asked], Reply]


class DeskPage:
    """Answers requests below BASE, for as long as the preview runs.

    `preview` is the folder of the preview's pages, `shown` tells its version and its problems;
    `find_folders` asks MkDocs for the folders of mkdocs.yml.
    """

    def __init__(
        self, root: Path, preview: Path, shown: Shown, *, lang: str, find_folders: FindFolders
    ) -> None:
        self.root, self.lang = root, lang
        self.token = secrets.token_urlsafe(32)
        remove_staged(root)
        self.listing = Listing(root, shown)
        self._preview = preview
        manuscripts = Manuscripts(self.listing, lang)
        self.trials = Trials(root, preview, find_folders)
        writing = Writing(root, self.listing, self.trials, lang)
        doing = Doing(self.listing, find_folders, lang)
        recording = Recording(root, self.listing, lang)
        sending = Sending(self.listing, lang)
        packing = Packing(root, lang)
        erasing = Erasing(root, find_folders, self.trials, lang)
        self._making = Making(root, find_folders, lang)
        printing = Printing(self.listing, self._making)
        reporting = Reporting(self.listing, self._making)
        scripting = Scripting(self._making)
        letters = Letters(self.listing, self._making)
        self._uploading = Uploading(root, lang)
        self._answers: dict[tuple[str, str], Answer] = {
            ("GET", ""): self._send_page,
            ("GET", "icon.svg"): self._send_icon,
            ("GET", "texts.json"): self._send_texts,
            ("GET", "stories.json"): self._send_stories,
            ("GET", "picture"): self._send_picture,
            ("GET", "story.json"): writing.open,
            ("GET", "pick.json"): writing.pick,
            ("GET", "phieu"): doing.print,
            ("POST", "check.json"): writing.check,
            ("POST", "try.json"): writing.try_,
            ("POST", "save.json"): writing.save,
            ("POST", "new.json"): writing.begin,
            ("POST", "keep.json"): writing.keep,
            ("POST", "forget.json"): writing.forget,
            ("POST", "photo"): writing.photo,
            ("POST", "honoree.json"): recording.honoree,
            ("POST", "author.json"): recording.author,
            ("POST", "series.json"): recording.series,
            ("POST", "award.json"): recording.award,
            ("POST", "clean.json"): writing.clean,
            ("POST", "act.json"): doing.act,
            ("POST", MANUSCRIPT): manuscripts.read,
            ("POST", "manuscript-photo"): manuscripts.add_photo,
            ("POST", "take-in.json"): manuscripts.write,
            ("POST", "told.json"): manuscripts.dismiss,
            ("GET", "erase.json"): erasing.plan,
            ("POST", "erase.json"): erasing.erase,
            ("GET", "sending.json"): sending.look,
            ("GET", "side"): sending.show,
            ("POST", "send.json"): sending.send,
            ("POST", "update.json"): sending.update,
            ("POST", "who.json"): sending.introduce,
            ("GET", "goi"): packing.make,
            ("POST", "take-pack"): packing.take,
            ("GET", "print.json"): printing.offer,
            ("POST", "print.json"): printing.print,
            ("GET", "report.json"): reporting.offer,
            ("POST", "report.json"): reporting.report,
            ("POST", "script.json"): scripting.script,
            ("POST", "docx.json"): letters.docx,
            ("POST", "nominate.json"): letters.make_form,
            ("GET", "phieu-gioi-thieu"): letters.send_form,
            ("GET", "upload.json"): self._uploading.look,
            ("POST", "upload-plan.json"): self._uploading.plan,
            ("POST", "upload-send.json"): self._uploading.send,
            ("POST", "upload-stop.json"): self._uploading.stop,
        }

    def close(self) -> None:
        """End what goes on without a request."""
        self._uploading.close()

    def refuse(self, asked: Asked) -> Reply | None:
        """Return the refusal of a request by its headers alone; its body is not read then."""
        most = MOST_DOCUMENT if asked.path == MANUSCRIPT else MOST_BYTES
        refused = judge_head(asked.method, asked.headers, self.token, most)
        return None if refused is None else self._explain(refused)

    def answer(self, asked: Asked) -> Reply:
        """Return the answer to a request that `refuse` has let pass."""
        method = "GET" if asked.method == "HEAD" else asked.method
        try:
            found = self._answers.get((method, asked.path))
            if found is not None:
                return found(asked)
            if method != "GET":
                raise RefusedError(HTTPStatus.NOT_FOUND, "refused-missing")
            return self._making.find(asked.path) or self._send_file(asked.path)
        except RefusedError as error:
            return self._explain(error)
        except BuildFailedError:  # mkdocs.yml cannot be used
            return self._explain(RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "refused-config"))

    def _explain(self, error: RefusedError) -> Reply:
        told = {"reason": error.reason, "text": say_refused(error, self.lang)}
        return Reply.of(told, error.status)

    def _send_page(self, asked: Asked) -> Reply:
        html = (_PAGE / "index.html").read_text("utf-8")
        values = {
            "lang": self.lang,
            "base": BASE,
            "token": self.token,
            "photos": " ".join(TYPES),
            "title": say("title", self.lang),
            "wait": say("wait", self.lang),
        }
        for name, value in values.items():
            html = html.replace(f"{{{name}}}", escape(value))
        # All at once: else the browser hears of each only when it has read the one before it. What
        # is largest comes first.
        data = ["texts.json"] if asked.query.get("bai") else ["stories.json", "texts.json"]
        links = [f'<link rel="preload" href="{name}" as="fetch" crossorigin>' for name in data]
        names = sorted(path.name for path in _PAGE.glob("*.js"))
        links += [f'<link rel="modulepreload" href="{escape(name)}">' for name in names]
        html = html.replace("{modules}", "\n".join(links))
        return Reply(html.encode(), "text/html")

    def _send_icon(self, _: Asked) -> Reply:
        return Reply(_ICON.read_bytes(), "image/svg+xml")

    def _send_texts(self, _: Asked) -> Reply:
        return Reply.of({key: told[self.lang] for key, told in load_texts().items()})

    def _send_stories(self, _: Asked) -> Reply:
        return Reply(self.listing.render())

    def _send_picture(self, asked: Asked) -> Reply:
        return find_small(self.root, self._preview, asked.query)

    def _send_file(self, name: str) -> Reply:
        """Send a file of the page; there are few, and none is found by a path that is put together
        from what was asked."""
        for path in _PAGE.iterdir():
            if path.name == name and path.suffix in _OWN_TYPES:
                return Reply(path.read_bytes(), _OWN_TYPES[path.suffix])
        raise RefusedError(HTTPStatus.NOT_FOUND, "refused-missing")
