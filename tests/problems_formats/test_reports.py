"""Code Quality of GitLab and SARIF, and how the command prints each format."""

import hashlib
import json

import pytest

from guongsang.problems.formats_gitlab import format_gitlab
from guongsang.problems.formats_sarif import format_sarif
from guongsang.problems.problem import problem
from guongsang.problems.rules import rule_table

PATH = "stories/2026/con-chu/index.md"
ERROR = problem("GS113", PATH, 3, 8, key="title", value="A: B")
WARNING = problem("GS808", "stories")


def fingerprint(identity):
    return hashlib.sha256(identity.encode()).hexdigest()


def test_gitlab_whole():
    assert json.loads(format_gitlab([ERROR, WARNING], "en")) == [
        {
            "description": f"{ERROR.message('en')} → {ERROR.hint('en')}",
            "check_name": "GS113",
            "fingerprint": fingerprint(
                '["stories/2026/con-chu/index.md", "GS113", ["key", "title"], ["value", "A: B"]]'
            ),
            "severity": "major",
            "location": {"path": PATH, "lines": {"begin": 3}},
        },
        {
            "description": f"{WARNING.message('en')} → {WARNING.hint('en')}",
            "check_name": "GS808",
            "fingerprint": fingerprint('["stories", "GS808"]'),
            "severity": "minor",
            "location": {"path": "stories", "lines": {"begin": 1}},
        },
    ]


def test_gitlab_of_nothing_is_an_empty_list():
    assert json.loads(format_gitlab([], "vi")) == []


def test_a_fingerprint_outlives_lines_above_and_the_language():
    moved = problem("GS113", PATH, 30, 9, key="title", value="A: B")
    before, after = (json.loads(format_gitlab([each], "vi"))[0] for each in (ERROR, moved))
    english = json.loads(format_gitlab([ERROR], "en"))[0]
    assert before["fingerprint"] == after["fingerprint"] == english["fingerprint"]


def test_the_same_problem_twice_has_two_fingerprints():
    twice = [problem("GS113", PATH, line, key="title", value="A: B") for line in (3, 9)]
    prints = [row["fingerprint"] for row in json.loads(format_gitlab(twice, "vi"))]
    assert len(set(prints)) == 2
    assert prints[0] == json.loads(format_gitlab([ERROR], "vi"))[0]["fingerprint"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_sarif_whole(lang):
    log = json.loads(format_sarif([WARNING, ERROR], lang))
    assert (log["version"], list(log)) == ("2.1.0", ["$schema", "version", "runs"])
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["language"]) == ("Gương Sáng", lang)
    assert [rule["id"] for rule in driver["rules"]] == ["GS113", "GS808"]
    for rule in driver["rules"]:
        why = rule_table()[rule["id"]].why[lang]
        assert rule["fullDescription"] == {"text": why}
        assert "{" not in rule["shortDescription"]["text"] + rule["help"]["text"]
        assert rule["shortDescription"]["text"] and rule["help"]["text"]
    warning, error = run["results"]
    assert error == {
        "ruleId": "GS113",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": f"{ERROR.message(lang)}\n{ERROR.hint(lang)}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": PATH},
                    "region": {"startLine": 3, "startColumn": 8},
                }
            }
        ],
        "partialFingerprints": error["partialFingerprints"],
    }
    assert (warning["ruleId"], warning["ruleIndex"], warning["level"]) == ("GS808", 1, "warning")


def test_sarif_paths_are_uris():
    log = json.loads(format_sarif([problem("GS102", "stories/2026/cô giáo#1/index.md")], "vi"))
    (result,) = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "stories/2026/c%C3%B4%20gi%C3%A1o%231/index.md"


def test_the_command_prints_each_format_and_exits_alike(newsroom):
    newsroom.edit("con-chu", "status: ready", "status: ready\nsatus: ready")
    shapes = {
        "json": lambda out: len(json.loads(out)["problems"]),
        "gitlab": lambda out: len(json.loads(out)),
        "sarif": lambda out: len(json.loads(out)["runs"][0]["results"]),
        "github": lambda out: sum(line.startswith("::error ") for line in out.split("\n")),
    }
    for form, count in shapes.items():
        ran = newsroom.run("check", "--format", form)
        assert (ran.code, ran.err) == (1, "")
        assert count(ran.out) >= 1, form
    assert newsroom.run("check", "--format", "xml").code == 2


def test_a_good_newsroom_exits_with_zero_in_each_format(newsroom):
    for form in ("text", "json", "github", "gitlab", "sarif"):
        assert newsroom.run("check", "--format", form).code == 0


def test_sarif_leads_to_the_reference(newsroom):
    newsroom.edit("con-chu", "status: ready", "status: ready\nsatus: ready")
    run = json.loads(newsroom.run("check", "--format", "sarif").out)["runs"][0]
    links = {rule["id"]: rule["helpUri"] for rule in run["tool"]["driver"]["rules"]}
    assert links["GS202"] == "https://guong.example/huong-dan/loi/#gs202"
    newsroom.edit("mkdocs.yml", "site_url: https://guong.example/\n", "")
    run = json.loads(newsroom.run("check", "--format", "sarif").out)["runs"][0]
    assert not any("helpUri" in rule for rule in run["tool"]["driver"]["rules"])


def test_the_summary_is_appended(newsroom, tmp_path):
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", "utf-8")
    newsroom.edit("con-chu", "status: ready", "status: ready\nsatus: ready")
    newsroom.run("check", "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    text = summary.read_text("utf-8")
    assert text.startswith("before\n### Kiểm tra bài\n")
    assert "| lỗi | [GS202](https://guong.example/huong-dan/loi/#gs202) | stories/" in text


def test_a_summary_that_cannot_be_written_changes_no_exit_code(newsroom, tmp_path):
    ran = newsroom.run("check", "--format", "github", GITHUB_STEP_SUMMARY=str(tmp_path))
    assert ran.code == 0
    assert "Không ghi được bảng tóm tắt" in ran.err
