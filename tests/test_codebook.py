"""Loading the codebook."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from commonthread.codebook import Codebook, CodebookResource, load_codebook
from commonthread.problems import InputProblems
from commonthread.terms import Term


def node(node_id: str, **more: Any) -> dict[str, Any]:
    return {
        "id": node_id,
        "name": node_id.title(),
        "definition": "What it is",
        "plain": "In plain words",
        "use_when": "Use it so",
        "not_when": "Not so",
        "examples": ["One example.", "Another example."],
        "near_miss": "Nearly.",
        **more,
    }


def book(**more: Any) -> dict[str, Any]:
    return {
        "title": "A codebook",
        "version": "1.0",
        "principles": {"share": "Share power"},
        "themes": [
            node(
                "power",
                colour="#7a3b8f",
                codes=[
                    node(
                        "visible",
                        codes=[node("funders", terms=["funder"], principles=["share"])],
                    ),
                    node("hidden"),
                ],
            ),
            node("people"),
        ],
        "aspects": [node("challenge", terms=["problem"])],
        **more,
    }


def load(tmp_path: Path, data: dict[str, Any]) -> Codebook:
    file = tmp_path / "codebook.yaml"
    file.write_text(
        yaml.safe_dump(data, sort_keys=False, default_style='"', allow_unicode=True), "utf-8"
    )
    return load_codebook(file)


def problems(tmp_path: Path, data: dict[str, Any]) -> list[str]:
    with pytest.raises(InputProblems) as caught:
        load(tmp_path, data)
    found = [str(problem) for problem in caught.value.problems]
    assert all("codebook.yaml, line " in problem for problem in found)
    return found


def test_a_codebook_is_a_tree_in_the_order_of_the_document(tmp_path: Path) -> None:
    codebook = load(tmp_path, book())
    ids = [code.id for code in codebook.codes]
    assert ids == ["power", "visible", "funders", "hidden", "people", "challenge"]
    assert [code.id for code in codebook.themes] == ["power", "people"]
    assert [code.id for code in codebook.aspects] == ["challenge"]
    assert [code.id for code in codebook.children("power")] == ["visible", "hidden"]
    assert [code.id for code in codebook.descendants("power")] == ["visible", "funders", "hidden"]
    assert [code.id for code in codebook.ancestors("funders")] == ["visible", "power"]
    funders = codebook.code("funders")
    assert (funders.parent, funders.theme, funders.dimension) == ("visible", "power", "code")
    assert funders.terms == (Term("phrase", ("funder",)),)
    challenge = codebook.code("challenge")
    assert (challenge.parent, challenge.theme, challenge.dimension) == (None, None, "aspect")
    assert codebook.code("power").theme == "power"
    assert codebook.code("power").colour == "#7a3b8f"
    assert list(codebook.terms()) == ["funders", "challenge"]
    assert len(codebook.sha256) == 64


def test_hostile_texts_are_texts(tmp_path: Path) -> None:
    data = book()
    data["themes"][0]["name"] = "<script>alert(1)</script>"
    data["themes"][0]["definition"] = '"><img src=x onerror=alert(1)>'
    codebook = load(tmp_path, data)
    assert codebook.code("power").name == "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"near_mis": "x"}, 'Did you mean "near_miss"?'),
        ({"name": ""}, 'empty "name"'),
        ({"id": "Funders"}, 'The id "Funders" cannot be used'),
        ({"id": "f"}, "cannot be used"),
        ({"id": "no_code"}, "meaning of its own"),
        ({"id": "hidden"}, "a second time"),
        ({"colour": "red"}, '"themes.0.codes.0.colour" is not known'),
        ({"principles": ["shares"]}, 'Did you mean "share"?'),
        ({"near_miss": ""}, 'no "near_miss"'),
        ({"use_when": " "}, 'no "use_when"'),
        ({"examples": ["Only one."]}, "fewer than two examples"),
        ({"terms": [{"phrases": "x"}]}, 'Did you mean "phrase"?'),
        ({"terms": [{"unless": ["x"]}]}, "has one of"),
        ({"terms": [{"phrase": "x", "exactly": "y"}]}, "phrase and exactly"),
        ({"terms": [{"all_of": ["a", "b"]}]}, 'needs "within"'),
        ({"terms": [{"all_of": ["a"], "within": "3"}]}, "at least two"),
        ({"terms": [{"all_of": ["a", "b"], "within": "few"}]}, "not a number"),
        ({"terms": [{"all_of": ["a", "b"], "within": "0"}]}, "not a number"),
        ({"terms": [{"phrase": "a", "within": "3"}]}, "all_of"),
        ({"terms": [{"phrase": "a", "unless": []}]}, '"unless" is empty'),
        ({"terms": [{"regex": "(?<=a)b"}]}, "no look-around"),
        ({"terms": [{"regex": "[unclosed"}]}, "missing ]"),
        ({"terms": [{"regex": "a{1,100000}"}]}, "Repeat at most"),
        ({"terms": [{"regex": "((a{1,30}){1,30}){1,30}"}]}, "Repeat at most"),
        ({"terms": [{"regex": "[^a-z]{900}"}]}, "too large"),
        ({"terms": [{"regex": ".*"}]}, "nothing stands"),
        ({"terms": [{"regex": r"\b"}]}, "nothing stands"),
        ({"terms": [{"regex": ""}]}, "empty"),
        ({"terms": ["..."]}, "no letter"),
        ({"terms": [""]}, "empty"),
        ({"terms": [["a"]]}, "empty or a list"),
        ({"terms": "funder"}, "a list"),
        ({"definition": "bell\x07"}, "control character"),
        ({"plain": "turn\u202earound"}, "control character"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    data = book()
    data["themes"][0]["codes"][0] = node("funders", **{"terms": ["funder"], **change})
    found = problems(tmp_path, data)
    assert any(said in problem for problem in found), found


def test_a_colour_is_refused_by_name(tmp_path: Path) -> None:
    data = book()
    data["themes"][1]["colour"] = "red;background:url(x)"
    assert '"people" has the colour' in problems(tmp_path, data)[0]


@pytest.mark.parametrize("key", ["id", "name", "definition", "plain"])
def test_a_missing_field_is_told(tmp_path: Path, key: str) -> None:
    data = book()
    del data["themes"][1][key]
    assert any(f'"themes.1.{key}" is missing' in problem for problem in problems(tmp_path, data))


def test_a_code_or_theme_may_name_resources(tmp_path: Path) -> None:
    data = book()
    data["themes"][0]["resources"] = [{"name": " A list ", "purpose": "Says <b>who</b>. "}]
    data["themes"][0]["codes"][0]["resources"] = [
        {"name": "A log", "purpose": "Keeps count."},
        {"name": "NO", "purpose": "1e3"},
    ]
    codebook = load(tmp_path, data)
    assert codebook.code("power").resources == (CodebookResource("A list", "Says <b>who</b>."),)
    assert [each.name for each in codebook.code("visible").resources] == ["A log", "NO"]
    assert codebook.code("funders").resources == ()


@pytest.mark.parametrize(
    ("resources", "said"),
    [
        ([{"name": "A log"}], '"themes.0.resources.0.purpose" is missing'),
        ([{"name": " ", "purpose": "x"}], 'resource 1, has an empty "name"'),
        ([{"name": "x", "purpose": ""}], 'resource 1, has an empty "purpose"'),
        ([{"name": "x", "purpose": "y", "purpos": "z"}], 'Did you mean "purpose"?'),
        ([{"name": "A log", "purpose": "y"}, {"name": "a LOG ", "purpose": "z"}], "a second time"),
        ([{"name": "bell\x07", "purpose": "y"}], "control character"),
        (["A log"], "themes.0.resources.0"),
        ("A log", "themes.0.resources"),
    ],
)
def test_what_is_wrong_with_a_resource_is_told(tmp_path: Path, resources: Any, said: str) -> None:
    data = book()
    data["themes"][0]["resources"] = resources
    found = problems(tmp_path, data)
    assert any(said in problem for problem in found), found


def test_aspects_have_no_resources(tmp_path: Path) -> None:
    data = book()
    data["aspects"][0]["resources"] = [{"name": "A log", "purpose": "Keeps count."}]
    assert any("aspects.0.resources" in problem for problem in problems(tmp_path, data))


def test_a_code_may_name_the_former_codes_that_went_into_it(tmp_path: Path) -> None:
    themes = [node("power", was=["control", "influence"]), node("people", was=["control"])]
    codebook = load(tmp_path, book(themes=themes, aspects=[]))
    assert codebook.code("power").was == ("control", "influence")
    assert [code.id for code in codebook.successors("control")] == ["power", "people"]
    assert codebook.successors("never") == ()


@pytest.mark.parametrize(
    ("former", "said"),
    [
        ("people", 'The former id "people" is in use on line'),
        ("Of old!", '"Of old!" cannot have been the id of a code.'),
    ],
)
def test_a_former_code_is_one_that_is_no_more(tmp_path: Path, former: str, said: str) -> None:
    themes = [node("power", was=[former]), node("people")]
    (problem,) = problems(tmp_path, book(themes=themes, aspects=[]))
    assert said in problem


def test_a_code_without_terms_needs_no_examples(tmp_path: Path) -> None:
    data = book()
    data["themes"][1] = dict.fromkeys(("name", "definition", "plain"), "x") | {"id": "bare"}
    assert load(tmp_path, data).code("bare").examples == ()


def test_all_problems_come_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    data = book()
    data["themes"][0]["colour"] = "blue"
    data["themes"][0]["codes"][0]["codes"][0]["terms"] = [{"regex": "("}, {"regexp": "a"}]
    data["themes"][1]["id"] = "power"
    data["aspects"][0]["examples"] = []
    data["verson"] = "2"
    found = problems(tmp_path, data)
    assert len(found) == 6
    lines = [int(problem.split(", line ")[1].split(":")[0]) for problem in found]
    assert lines == sorted(lines)


def test_a_second_id_names_both_lines(tmp_path: Path) -> None:
    file = tmp_path / "codebook.yaml"
    parts = "\n    name: n\n    definition: d\n    plain: p\n"
    file.write_text(f"title: t\nversion: 1\nthemes:\n  - id: same{parts}  - id: same{parts}")
    with pytest.raises(InputProblems, match=r"line 8: .*first is on line 4"):
        load_codebook(file)


PARTS = "name: n, definition: d, plain: p"


@pytest.mark.parametrize(
    ("nodes", "line", "said", "remedy"),
    [
        (
            f"  - {{id: power, {PARTS}, codes: [\n    {{id: hidden, {PARTS}, codes: [\n"
            f"      {{id: power, {PARTS}}}]}}]}}\n",
            6,
            'The code "power" stands under itself; it begins on line 4.',
            "Give the inner code an id of its own",
        ),
        (
            f"  - {{id: one, was: [other], {PARTS}}}\n  - {{id: other, was: [one], {PARTS}}}\n",
            4,
            'The former id "other" is in use on line 5.',
            "name only codes that are no more",
        ),
        (
            f"  - {{id: one, was: [one], {PARTS}}}\n",
            4,
            'The former id "one" is in use on line 4.',
            "name only codes that are no more",
        ),
        (
            "  - &power\n    id: power\n    codes: [*power]\n",
            4,
            "makes or uses a YAML anchor",
            "in quotes",
        ),
        (
            f"<<<<<<< HEAD\n  - {{id: one, {PARTS}}}\n=======\n  - {{id: two, {PARTS}}}\n"
            ">>>>>>> a colleague\n",
            4,
            "Two people edited this at once: both versions stand here, down to line 8.",
            "Keep the lines that are right",
        ),
    ],
)
def test_a_circle_and_an_unfinished_merge_are_told_with_line_and_remedy(
    tmp_path: Path, nodes: str, line: int, said: str, remedy: str
) -> None:
    file = tmp_path / "codebook.yaml"
    file.write_text(f"title: t\nversion: 1\nthemes:\n{nodes}", "utf-8")
    with pytest.raises(InputProblems) as caught:
        load_codebook(file)
    first = caught.value.problems[0]
    assert first.where.endswith(f"codebook.yaml, line {line}")
    assert said in first.what
    assert remedy in first.remedy


def test_a_file_that_is_no_codebook_is_told_plainly(tmp_path: Path) -> None:
    file = tmp_path / "codebook.yaml"
    for text in ("", "- a\n", "themes: none\n", "themes:\n  - a\n", "themes:\n  - id: [x]\n"):
        file.write_text(text)
        with pytest.raises(InputProblems) as caught:
            load_codebook(file)
        assert caught.value.problems


def test_the_shipped_codebook_is_whole() -> None:
    codebook = load_codebook(Path(__file__).parents[1] / "config" / "codebook.yaml")
    assert [theme.id for theme in codebook.themes] == ["involvement", "power", "relationships"]
    assert [aspect.id for aspect in codebook.aspects] == [
        "challenge",
        "practice",
        "resource",
        "reflection",
    ]
    faces = [code.id for code in codebook.children("power")]
    assert faces == ["power_visible", "power_hidden", "power_invisible", "power_with"]
    assert set(codebook.principles) == {
        principle for code in codebook.codes for principle in code.principles
    }
    for code in codebook.codes:
        assert len(code.examples) >= 2, code.id
        assert code.near_miss, code.id
        assert code.plain, code.id


def test_the_shipped_codebook_names_kinds_of_resources_and_no_addresses() -> None:
    codebook = load_codebook(Path(__file__).parents[1] / "config" / "codebook.yaml")
    named = [each for code in codebook.codes for each in code.resources]
    assert len(named) >= 40
    assert len({each.name for each in named}) == len(named)
    for each in named:
        assert f"{each.name}{each.purpose}".isascii()
        assert not any(sign in f"{each.name} {each.purpose}" for sign in ("://", "www.", "@"))
        assert each.purpose.endswith(".") and each.purpose.count(".") == 1
    leaves = [code for code in codebook.codes if code.terms and code.dimension != "aspect"]
    assert all(code.resources for code in leaves if not codebook.children(code.id))
