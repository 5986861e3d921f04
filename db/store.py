"""The store: everything the house remembers. A table of methods; each subject has a file of its own.

All of it belongs to the one thread (and event loop) that opened it; exports open a connection of their own.
"""

from db.answers import learned as _learned
from db.answers import private_reading as _reading_along
from db.answers import questions as _questions
from db.answers import unanswered as _unmet
from db.core import health as _health
from db.core.database import Ground
from db.discussion import board as _board
from db.discussion import bot_messages as _lines
from db.discussion import masks as _masks
from db.discussion import moves as _moves
from db.discussion import participants as _attending
from db.discussion import plans as _ahead
from db.discussion import private_answers as _answers
from db.discussion import private_messages as _notes
from db.discussion import remarks as _remarks
from db.discussion import rounds as _rounds
from db.discussion import seminars as _seminars
from db.discussion import stances as _stances
from db.discussion import topics as _topics
from db.privacy import aliases as _aliases
from db.privacy import erasure as _forgetting
from db.privacy import my_data as _mydata
from db.privacy import people as _people
from db.privacy import retention as _purging
from db.updates import foreign_messages as _others
from db.updates import outbox as _outbox
from db.updates import queue as _journal
from db.updates import receive as _receiving


class Store(Ground):
    """An open database that can be asked and told; `Store.open(path)` makes, migrates and checks it."""

    # the inbox
    receive = _receiving.receive
    pending = _journal.pending
    take_turn = _journal.take_turn
    done = _journal.done
    quarantine = _journal.quarantine

    fault = _health.fault

    # the outbox
    intend = _outbox.intend
    note_sent = _outbox.note_sent
    note_refused = _outbox.note_refused
    recorded = _outbox.recorded
    unknown = _outbox.unknown
    newest_posted = _outbox.newest_posted

    # people and what they allow
    person = _people.person
    person_by_id = _people.person_by_id
    known_person = _people.known_person
    answer_of = _people.answer_of
    consent = _people.consent
    set_consent = _people.set_consent
    may_log = _people.may_log
    refused_somewhere = _people.refused_somewhere

    # seminars
    seminar = _seminars.seminar
    seminars = _seminars.seminars
    find_seminar = _seminars.find_seminar
    seminar_by_id = _seminars.seminar_by_id
    configure = _seminars.configure
    migrate_chat = _seminars.migrate_chat
    moved_groups = _seminars.moved_groups
    heard = _seminars.heard
    leave_topic = _topics.leave_topic
    alias = _aliases.alias
    aliases = _aliases.aliases

    # rounds
    open_round = _rounds.open_round
    open_round_of = _rounds.open_round_of
    round = _rounds.round_by_id
    rounds = _rounds.rounds
    close_round = _rounds.close_round
    ask_again = _rounds.ask_again
    set_card = _rounds.set_card
    open_rounds = _rounds.open_rounds
    set_facilitation = _rounds.set_facilitation
    reveal = _answers.reveal
    revealed = _answers.revealed
    owe = _lines.owe
    owed_line = _lines.owed_line
    owed_lines = _lines.owed_lines
    claim_line = _lines.claim_line
    release_lines = _lines.release_lines
    line_sent = _lines.line_sent
    drop_line = _lines.drop_line
    note_line = _lines.note_line

    # what is to come
    draft = _ahead.draft
    draft_by_id = _ahead.draft_by_id
    draft_asking = _ahead.draft_asking
    change_draft = _ahead.change_draft
    drop_draft = _ahead.drop_draft
    plan = _ahead.plan
    set_plan = _ahead.set_plan
    schedule = _ahead.schedule
    schedules = _ahead.schedules
    due_schedules = _ahead.due_schedules
    claim_schedule = _ahead.claim_schedule
    move_schedule = _ahead.move_schedule
    drop_schedule = _ahead.drop_schedule

    # words given in private
    answer = _answers.answer
    answer_count = _answers.answer_count
    answer_of_person = _answers.answer_of_person
    note = _notes.note
    noted = _notes.noted
    send_on = _answers.send_on
    errand = _answers.errand
    end_errand = _answers.end_errand
    mask = _masks.mask
    masks = _masks.masks
    unmask = _masks.unmask
    take_back = _masks.take_back

    # moves, and who is there
    note_move = _moves.note_move
    moves = _moves.moves
    move = _moves.move
    moves_left_open = _moves.moves_left_open
    offer_move = _moves.offer_move
    settle_move = _moves.settle_move
    move_failed = _moves.move_failed
    move_shown = _moves.move_shown
    offer_shown = _moves.offer_shown
    offered_to = _moves.offered_to
    note_invitation = _moves.note_invitation
    invited = _moves.invited
    hinted = _moves.hinted
    opener = _attending.opener
    staff = _attending.staff
    attending = _attending.attending
    stirred_at = _attending.stirred_at

    # the log
    others_messages = _others.others_messages
    log_remark = _remarks.log_remark
    remarks = _remarks.remarks
    all_versions = _remarks.all_versions
    set_stance = _stances.set_stance
    stance_counts = _stances.stance_counts
    stances = _stances.stances
    log_question = _questions.log_question
    recent_questions = _questions.recent_questions
    helped = _questions.set_helped
    questions = _questions.questions
    note_answer = _questions.note_answer
    question_behind = _questions.question_behind
    last_question = _questions.last_question
    own_question = _questions.own_question

    # what could not be answered, what was learned from it, and what each reads in private
    unmet = _unmet.unmet
    seminars_with_unmet = _unmet.seminars_with_unmet
    set_aside = _unmet.set_aside
    learn = _learned.learn
    unlearn = _learned.unlearn
    learned = _learned.learned
    learned_by_id = _learned.learned_by_id
    reading = _reading_along.reading
    set_reading = _reading_along.set_reading
    class_readings = _reading_along.class_readings
    note_glance = _reading_along.note_glance

    # the board
    board_key = _board.board_key
    remark_mark = _board.remark_mark
    unshown = _board.unshown
    take_off = _board.take_off
    put_back = _board.put_back
    steering = _board.steering
    reveal_stances = _board.reveal_stances
    name_voices = _board.name_voices
    freeze = _board.freeze
    thaw = _board.thaw

    # what may be asked back
    my_data = _mydata.my_data
    forget = _forgetting.forget
    scour = _forgetting.scour
    purge = _purging.purge
    purge_daily = _purging.purge_daily
