"""What a teacher takes home: export, report, board."""
