"""xapi: statements for a learning record store, with verbs and activity types of Moodle's logstore plug-in.

A round is a discussion that was created, a remark a reply to it, a question to the bot was asked, a stance is
the answer to a Likert item. The same remark in the same
version has the same id in every export, so a store takes it once.
"""

import json
from collections.abc import Iterator
from typing import IO, Any
from uuid import UUID

from bot.seminar.records import STEPS
from db.exports.column_descriptions import data_dictionary
from db.exports.job import Job
from db.exports.labels import step_name
from db.exports.tables import AS_SAID, LATEST, QUESTIONS, REMARKS, REMARKS_FROM, ROUNDS, STANCES
from db.exports.zip_stream import entry, packed

HOME = "https://wendu.invalid"  # .invalid: nobody's address, and never will be
CREATED = ("http://activitystrea.ms/schema/1.0/create", "created")
REPLIED = ("http://id.tincanapi.com/verb/replied", "replied to")
ASKED = ("http://adlnet.gov/expapi/verbs/asked", "asked")
RESPONDED = ("http://adlnet.gov/expapi/verbs/responded", "responded")
_ACTIVITY = "http://id.tincanapi.com/activitytype/"
_QUESTION = "http://adlnet.gov/expapi/activities/question"
_LIKERT = "http://adlnet.gov/expapi/activities/cmi.interaction"
_SQL = (
    "SELECT o.number, r.chat_id, r.message_id, coalesce(m.alias, a.alias, ''), coalesce(m.alias, p.name, ''),"
    " r.sent_at, r.kind, r.reply_to_message_id, v.version, v.text"
    + REMARKS_FROM.format(latest=LATEST)
    + AS_SAID
)
_encode = json.JSONEncoder(ensure_ascii=False).encode
Statement = dict[str, Any]


def write(job: Job, file: IO[bytes]) -> None:
    """Write a zip of statements.json, an array to be posted as it is, and the data dictionary."""
    with packed(file) as archive:
        with entry(archive, "statements.json") as out:
            before = "[\n"
            for statement in _statements(job):
                out.write(before + _encode(statement))
                before = ",\n"
            out.write("[]\n" if before == "[\n" else "\n]\n")
        with entry(archive, "data-dictionary.md") as out:
            sections = [
                (f"statements.json：{table.name}", table) for table in (ROUNDS, REMARKS, QUESTIONS, STANCES)
            ]
            out.write(data_dictionary(job, sections, notes=[__doc__ or ""]))


def _statements(job: Job) -> Iterator[Statement]:
    place = f"{HOME}/seminars/{job.seminar_id}"
    making = _Making(job, place)
    for row in job.dicts(ROUNDS):
        yield making.opened(row)
    for remark in job.select(_SQL):
        yield making.remark(*remark)
    for row in job.dicts(QUESTIONS):
        yield making.question(row)
    for row in job.dicts(STANCES):
        yield making.stance(row)


class _Making:
    """Makes statements of one seminar."""

    def __init__(self, job: Job, place: str) -> None:
        self.job, self.place = job, place
        self.program = job.say("transcript.program")
        course = _activity(place, "lms/course", job.title or "–")
        self.around = [_activity(HOME, "lms", self.program), course]
        self.info = {f"{HOME}/version": job.about()["version"]}

    def opened(self, row: dict[str, Any]) -> Statement:
        """A round was opened; by whom is not told."""
        name = self.job.prompts.get(row["prompt_slug"]) or row["prompt_text"]
        thing = _activity(f"{self.place}/rounds/{row['round']}", "discussion", name)
        bot = {"objectType": "Agent", "account": {"homePage": HOME, "name": "wendu"}}
        return self._statement(("round", row["round_id"]), bot, CREATED, thing, row["opened_at"])

    def remark(  # noqa: PLR0913, PLR0917  a row of the log
        self,
        number: int,
        chat_id: int,
        message_id: int,
        alias: str,
        name: str,
        sent_at: str,
        kind: str,
        reply: int | None,
        version: int,
        words: str,
    ) -> Statement:
        """A remark was made."""
        text = words if self.job.names else self.job.mask(words)
        thing = _activity(
            f"{self.place}/remarks/{chat_id}/{message_id}", "forum-reply", self.job.told("發言 / a remark")
        )
        key = ("remark", chat_id, message_id, version)
        made = self._statement(key, self._actor(alias, name), REPLIED, thing, sent_at)
        made["result"] = {
            "response": text,
            "extensions": {f"{HOME}/kind": kind, f"{HOME}/versions": version},
        }
        parents = [f"{self.place}/rounds/{number}"]
        if reply is not None:
            parents.insert(0, f"{self.place}/remarks/{chat_id}/{reply}")
        inside = made["context"]["contextActivities"]
        inside["parent"] = [{"objectType": "Activity", "id": parent} for parent in parents]
        return made

    def question(self, row: dict[str, Any]) -> Statement:
        """A question was put to the bot."""
        thing: Statement = {
            "objectType": "Activity",
            "id": f"{self.place}/questions/{row['question_id']}",
            "definition": {"type": _QUESTION, "name": {"und": row["text"][:200] or "–"}},
        }
        key = ("question", row["question_id"])
        made = self._statement(key, self._actor_of(row), ASKED, thing, row["asked_at"])
        made["result"] = {"response": row["text"], "success": bool(row["answered"])}
        return made

    def stance(self, row: dict[str, Any]) -> Statement:
        """Somebody took a stance."""
        language = self.job.language
        scale = [{"id": str(step), "description": {language: step_name(step, language)}} for step in STEPS]
        thing: Statement = {
            "objectType": "Activity",
            "id": f"{self.place}/rounds/{row['round']}/stances/{row['moment']}",
            "definition": {
                "type": _LIKERT,
                "interactionType": "likert",
                "name": {"en": f"stance {row['moment']} the discussion"},
                "scale": scale,
            },
        }
        key = ("stance", row["round"], row["moment"], row["alias"], row["chosen_at"])
        made = self._statement(key, self._actor_of(row), RESPONDED, thing, row["chosen_at"])
        made["result"] = {"response": str(row["step"])}
        if row["reason"]:
            made["result"]["extensions"] = {f"{HOME}/reason": row["reason"]}
        return made

    def _statement(
        self, key: tuple[object, ...], actor: Statement, verb: tuple[str, str], thing: Statement, at: str
    ) -> Statement:
        source = _activity(HOME, "source", self.program)
        return {
            "id": str(self._id(*key)),
            "version": "1.0.3",
            "actor": actor,
            "verb": {"id": verb[0], "display": {"en": verb[1]}},
            "object": thing,
            "timestamp": at,
            "context": {
                "platform": "Telegram",
                "contextActivities": {"grouping": self.around, "category": [source]},
                "extensions": {f"{HOME}/info": self.info},
            },
        }

    def _id(self, *key: object) -> UUID:
        mark = self.job.store.mark("statement", self.job.seminar_id, self.job.names, *key)
        return UUID(bytes=mark, version=5)

    def _actor_of(self, row: dict[str, Any]) -> Statement:
        return self._actor(row["alias"], row.get("name", ""))

    def _actor(self, alias: str, name: str) -> Statement:
        """Return who did it: an account here by alias; the name only where names were asked for."""
        shown = {"name": name} if self.job.names and name else {"name": alias} if alias else {}
        account = {"homePage": self.place, "name": alias or "–"}
        return {"objectType": "Agent", **shown, "account": account}


def _activity(address: str, kind: str, name: str) -> Statement:
    definition = {"type": _ACTIVITY + kind, "name": {"und": name}}
    return {"objectType": "Activity", "id": address, "definition": definition}
