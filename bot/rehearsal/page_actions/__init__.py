"""What the page may let people do, by name; each act takes the world and the page's JSON, answers with JSON.

All may raise LookupError, PermissionError or ValueError, whose words the page shows.
"""

from bot.rehearsal.page_actions import groups, messages, topics
from bot.rehearsal.page_actions.arguments import Act

ACTS: dict[str, Act] = messages.ACTS | groups.ACTS | topics.ACTS
