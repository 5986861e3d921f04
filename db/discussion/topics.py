"""Topics that are gone: a round that was open in one goes on in the group itself."""

from db.core.database import Ground

ASIDE = -1  # a topic that no group has


def leave_topic(ground: Ground, chat_id: int) -> bool:
    """Let the seminar with an open round in a topic of this group be the group's own; return whether one is.

    For a group whose topics were turned off (or whose topic was deleted). The two seminars change places, so
    no log moves. Nothing happens when the group has a round open itself, or several topics have.
    """
    rows = ground.all(
        "SELECT s.id, s.thread_id FROM seminars s"
        " JOIN rounds o ON o.seminar_id = s.id AND o.closed_at IS NULL WHERE s.chat_id = ?",
        (chat_id,),
    )
    if len(rows) != 1 or rows[0]["thread_id"] == 0:
        return False  # nearly always: nothing is written
    with ground.writing():
        place = "UPDATE seminars SET thread_id = ? WHERE chat_id = ? AND thread_id = ?"
        ground.run(place, (ASIDE, chat_id, 0))
        ground.run(place, (0, chat_id, rows[0]["thread_id"]))
        ground.run(place, (rows[0]["thread_id"], chat_id, ASIDE))
    return True
