"""`wendu run`: the bot on Telegram."""

import click


@click.command()
@click.option(
    "--webhook", is_flag=True, help="Let Telegram bring updates to WENDU_WEBHOOK_URL, not fetch them."
)
def run(*, webhook: bool) -> None:
    """Answer on Telegram. Needs TELEGRAM_BOT_TOKEN, in the environment or in .env."""
    import asyncio
    import os
    from pathlib import Path

    from telegram.error import InvalidToken

    from bot.config import ConfigError, load_settings
    from bot.logs import set_up
    from bot.running import run as run_house
    from db.errors import StoreError

    try:
        settings = load_settings(os.environ, Path(".env"), webhook=webhook)
        set_up(settings.token, settings.webhook_secret)
        asyncio.run(run_house(settings))
    except (ConfigError, StoreError) as error:
        raise click.ClickException(str(error)) from error
    except InvalidToken as error:  # its text has the token in it
        raise click.ClickException(
            "Telegram 不認得這個 TELEGRAM_BOT_TOKEN（可能已撤銷）。請向 @BotFather 取得新的。\n"
            "Telegram does not know this TELEGRAM_BOT_TOKEN (revoked?). Ask @BotFather for a new one."
        ) from error
