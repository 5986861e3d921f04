"""Telegram's limits and the words in which it refuses: all that the local Bot API is strict about.

The words are Telegram's own (its open Bot API server, and answers seen in the wild); the code that checks
them stands in `methods/`. Numbers are those of Bot API 10.
"""

from datetime import timedelta
from typing import Any

# Lengths count characters, not UTF-16 units, without the markup (4,096 emoji have been seen to pass).
TEXT = 4096
CAPTION = 1024
TOAST = 200
BUTTON_DATA = 64  # bytes of UTF-8
BUTTONS = 100
DOCUMENT = 50 * 1024 * 1024
PHOTO = 10 * 1024 * 1024
DOWNLOAD = 20 * 1024 * 1024
POLL_QUESTION = 300
POLL_OPTION = 100
POLL_OPTIONS = 12
COMMANDS = 100
COMMAND_DESCRIPTION = 256
UPDATES_A_FETCH = 100
CALLBACK_LIFE = timedelta(seconds=150)
INLINE_LIFE = timedelta(seconds=30)
INLINE_RESULTS = 50
INLINE_ID = 64  # bytes
UPDATE_LIFE = timedelta(hours=24)
DELETE_WITHIN = timedelta(hours=48)
GROUP_MESSAGES, GROUP_WINDOW = 20, timedelta(minutes=1)
REACTIONS = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
)
# What is only sent to who asks for it by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

TOO_LONG = "message is too long"
EMPTY = "message text is empty"
CAPTION_TOO_LONG = "message caption is too long"
TOAST_TOO_LONG = "MESSAGE_TOO_LONG"
PARSE_MODE = "unsupported parse_mode"
UNPARSABLE = "can't parse entities: {}"
CHAT_ID_EMPTY = "chat_id is empty"
CHAT_NOT_FOUND = "chat not found"
USER_NOT_FOUND = "user not found"
MIGRATED = "group chat was upgraded to a supergroup chat"
MESSAGE_ID = "message identifier is not specified"
NO_REPLY_TARGET = "message to be replied not found"
NO_THREAD = "message thread not found"
NO_EDIT_TARGET = "message to edit not found"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
NOT_EDITABLE = "message can't be edited"
NO_TEXT_TO_EDIT = "there is no text in the message to edit"
NO_CAPTION_TO_EDIT = "there is no caption in the message to edit"
NO_DELETE_TARGET = "message to delete not found"
NOT_DELETABLE = "message can't be deleted"
NO_PIN_TARGET = "message to pin not found"
NO_UNPIN_TARGET = "message to unpin not found"
NO_PIN_RIGHT = "not enough rights to manage pinned messages in the chat"
TOPIC_CLOSED = "TOPIC_CLOSED"
NO_TOPIC_RIGHT = "not enough rights to create a topic"
NOT_A_FORUM = "the chat is not a forum"
NO_REACTION_TARGET = "message to react not found"
BAD_REACTION = "REACTION_INVALID"
KEYBOARD_JSON = "can't parse reply keyboard markup JSON object"
KEYBOARD_OBJECT = "object expected as reply markup"
BUTTON_TEXT = 'can\'t parse inline keyboard button: Field "text" must be of type String'
BUTTON_EMPTY = "BUTTON_TEXT_INVALID"
BUTTON_BARE = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
BUTTON_DATA_INVALID = "BUTTON_DATA_INVALID"
BUTTON_URL = "inline keyboard button URL '{}' is invalid: Wrong HTTP URL"
KEYBOARD_TOO_LONG = "reply markup is too long"
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
INLINE_TOO_MANY = "RESULTS_TOO_MUCH"
INLINE_ID_TWICE = "RESULT_ID_DUPLICATE"
INLINE_ID_INVALID = "RESULT_ID_INVALID"
INLINE_TYPE = "RESULT_TYPE_INVALID"
INLINE_TITLE = "ARTICLE_TITLE_EMPTY"
INLINE_CONTENT = "MESSAGE_TEXT_EMPTY"
NO_FILE = "there is no {} in the request"
FILE_EMPTY = "file must be non-empty"
FILE_ID = "wrong file identifier/HTTP URL specified"
FILE_TOO_BIG = "file is too big"
FILE_TYPE = "type of file mismatch"
NOT_AN_IMAGE = "IMAGE_PROCESS_FAILED"
POLL_NO_QUESTION = "poll question must be non-empty"
POLL_LONG_QUESTION = "poll question length must not exceed 300"
POLL_FEW = "poll must have at least 1 option"
POLL_MANY = "poll can't have more than 12 options"
POLL_EMPTY_OPTION = "poll options must be non-empty"
POLL_LONG_OPTION = "poll options length must not exceed 100"
NO_POLL_TARGET = "message with poll to stop not found"
NOT_A_POLL = "poll can't be stopped"
POLL_CLOSED = "poll has already been closed"
COMMAND_INVALID = "BOT_COMMAND_INVALID"
COMMAND_DESCRIPTION_INVALID = "BOT_COMMAND_DESCRIPTION_INVALID"
COMMANDS_TOO_MUCH = "BOT_COMMANDS_TOO_MUCH"
ACTION = "wrong parameter action in request"
LEAVE_PRIVATE = "chat_id of a private chat was passed"
JSON_FIELD = "can't parse {} JSON object"

NOT_STARTED = "bot can't initiate conversation with a user"
BLOCKED = "bot was blocked by the user"
KICKED = "bot was kicked from the {} chat"
NOT_A_MEMBER = "bot is not a member of the {} chat"

OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)
WEBHOOK_ADDRESS = "bad webhook: An HTTPS URL must be provided for webhook"
WEBHOOK_SECRET = "secret token contains unallowed characters"  # noqa: S105  what is said of one


class ApiError(Exception):
    """What Telegram answers instead of a result; `parameters` are such as retry_after."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """Return the JSON body that goes over the wire."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(words: str, **parameters: int) -> ApiError:
    """Return a 400 in Telegram's words."""
    return ApiError(400, f"Bad Request: {words}", **parameters)


def forbidden(words: str) -> ApiError:
    """Return a 403 in Telegram's words."""
    return ApiError(403, f"Forbidden: {words}")


def too_many(seconds: int) -> ApiError:
    """Return a 429 that asks for patience of so many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
