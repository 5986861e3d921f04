"""The page of a rehearsal: its server, its WebSocket, and in static/ what the browser loads."""
