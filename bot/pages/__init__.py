"""What people look at: charts, the board of a class, the report of a seminar."""
