"""What the page may let people do, by name; each act takes the world and the page's JSON, answers with JSON.

All may raise LookupError, PermissionError or ValueError, whose words the page shows.
"""

from bot.rehearsal.acting import gathering, talking, topics
from bot.rehearsal.acting.asking import Act

ACTS: dict[str, Act] = talking.ACTS | gathering.ACTS | topics.ACTS
