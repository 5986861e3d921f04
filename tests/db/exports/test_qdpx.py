"""The project is valid by REFI's own schema, and says of the discussion what the log says."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from db.discussion.remarks import NewRemark
from db.exports.export import Evidence
from tests.db.classroom import Classroom
from tests.db.exports.exported import hold, unpacked, write

NS = {"q": "urn:QDA-XML:project:1.0"}
SCHEMA = Path(__file__).parent / "refi-qda-project.xsd"  # as published by REFI, MIT licence inside
EVIDENCE = Evidence({"marble": "大理石"}, lambda words: ["marble"] if "大理石" in words else ["unknown"])


@pytest.fixture
def held(classroom: Classroom) -> Classroom:
    return hold(classroom)


def project(files: dict[str, bytes]) -> ET.Element:
    return ET.fromstring(files["project.qde"])


def test_it_is_valid_by_the_published_schema(held: Classroom, tmp_path: Path) -> None:
    xmlschema = pytest.importorskip("xmlschema")
    schema = xmlschema.XMLSchema(SCHEMA)
    for names in (False, True):
        files = unpacked(write(held, "qdpx", tmp_path, names=names, evidence=EVIDENCE))
        schema.validate(files["project.qde"].decode("utf-8"))
    with pytest.raises(xmlschema.XMLSchemaValidationError):  # the schema does say no
        schema.validate(files["project.qde"].decode("utf-8").replace("startPosition", "start"))


def test_a_project_without_remarks_is_valid_too(classroom: Classroom, tmp_path: Path) -> None:
    xmlschema = pytest.importorskip("xmlschema")
    schema = xmlschema.XMLSchema(SCHEMA)
    schema.validate(unpacked(write(classroom, "qdpx", tmp_path))["project.qde"].decode("utf-8"))
    classroom.opens()
    schema.validate(unpacked(write(classroom, "qdpx", tmp_path))["project.qde"].decode("utf-8"))


def test_each_selection_covers_exactly_one_remark(held: Classroom, tmp_path: Path) -> None:
    files = unpacked(write(held, "qdpx", tmp_path))
    root = project(files)
    chosen = []
    for source in root.findall(".//q:TextSource", NS):
        text = files[f"sources/{source.get('guid')}.txt"].decode("utf-8")
        assert source.get("plainTextPath") == f"internal://{source.get('guid')}.txt"
        chosen += [
            text[int(one.get("startPosition", "")) : int(one.get("endPosition", ""))]
            for one in source.findall("q:PlainTextSelection", NS)
        ]
    aliases = held.store.aliases.all(held.seminar.id)
    one, two = (
        aliases[held.student(n, name, user).id]
        for n, name, user in ((1, "葉清秋", "yeqingqiu"), (2, "Amy Lin", ""))
    )
    assert chosen == [
        f"# 我改了：{two} 說服了我\n<b>真的</b>",
        f"我同意{one}，@{one} 說得對",
        "另一件事：大理石",
        "再回第一則",
        "回再回",
        "[photo]",
        "第二輪",
    ]


def test_remarks_are_coded_with_speaker_move_and_evidence(held: Classroom, tmp_path: Path) -> None:
    root = project(unpacked(write(held, "qdpx", tmp_path, evidence=EVIDENCE)))
    names = {code.get("guid"): code.get("name") for code in root.findall(".//q:Code", NS)}
    coded = [
        [names[ref.get("targetGUID")] for ref in selection.findall(".//q:CodeRef", NS)]
        for selection in root.findall(".//q:PlainTextSelection", NS)
    ]
    alias = held.store.aliases.of(held.seminar.id, held.student(1, "葉清秋", "yeqingqiu").id)
    other = held.store.aliases.of(held.seminar.id, held.student(2, "Amy Lin").id)
    assert coded[1] == [other, "press"]
    assert coded[2] == [alias, "大理石"]
    assert coded[0] == [alias], "a code that is not in the codebook is left out"


def test_cases_have_aliases_stances_and_the_guid_of_their_code(held: Classroom, tmp_path: Path) -> None:
    root = project(unpacked(write(held, "qdpx", tmp_path)))
    variables = {one.get("guid"): one.get("name") for one in root.findall(".//q:Variable", NS)}
    cases = {}
    for case in root.findall(".//q:Case", NS):
        reference = case.find("q:CodeRef", NS)
        assert reference is not None
        assert reference.get("targetGUID") == case.get("guid")
        values = {}
        for value in case.findall("q:VariableValue", NS):
            of, content = value
            values[variables[of.get("targetGUID")]] = content.text
        cases[case.get("name")] = values
    alias = held.store.aliases.of(held.seminar.id, held.student(1, "葉清秋", "yeqingqiu").id)
    other = held.store.aliases.of(held.seminar.id, held.student(2, "Amy Lin").id)
    assert cases == {
        alias: {"R1 before step": "2", "R1 before reason": f"{other} 不同意", "R1 after step": "4"},
        other: {"R1 before step": "5"},
    }


def test_guids_are_the_same_in_every_export(held: Classroom, tmp_path: Path) -> None:
    assert (
        unpacked(write(held, "qdpx", tmp_path))["project.qde"]
        == unpacked(write(held, "qdpx", tmp_path))["project.qde"]
    )


def test_a_mask_is_somebody_else_in_every_round(classroom: Classroom, tmp_path: Path) -> None:
    """Two people may draw the same mask in two rounds: they must not become one case."""
    store, who = classroom.store, classroom.student(1)
    for number in (1, 2):
        opened = classroom.opens(f"題{number}")
        store.run("INSERT INTO masks VALUES (?, ?, '🟠 橙色狐狸')", (opened.id, who.id))
        store.remarks.log(
            NewRemark(
                round_id=opened.id,
                person_id=who.id,
                chat_id=-5,
                message_id=number,
                sent_at=classroom.now,
                text="戴著面具",
                via="relay",
            )
        )
        classroom.closes(opened)
    root = project(unpacked(write(classroom, "qdpx", tmp_path, names=True)))
    cases = [case.get("name") for case in root.findall(".//q:Case", NS)]
    assert cases == ["🟠 橙色狐狸（第 1 輪）", "🟠 橙色狐狸（第 2 輪）"]
