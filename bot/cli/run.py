"""`wendu run`: the bot on Telegram."""

import click


@click.command()
@click.option(
    "--webhook",
    is_flag=True,
    help="讓 Telegram 把訊息送到 WENDU_WEBHOOK_URL，不自己去拿 / let Telegram bring updates there.",
)
def run(*, webhook: bool) -> None:
    """在 Telegram 上執行；要先設定 TELEGRAM_BOT_TOKEN / Answer on Telegram.

    權杖寫在環境變數或 .env / the token stands in the environment or in .env.
    """
    import asyncio
    import os
    from pathlib import Path

    from telegram.error import InvalidToken

    from bot.config import ConfigError, load_settings
    from bot.logs import set_up
    from bot.service import run as run_house
    from db.core.errors import StoreError

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
