"""`python -m bot` is `wendu`."""

from bot.cli import main

main()
