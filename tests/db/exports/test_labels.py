import tomllib

from bot.speech import LOCALES
from db.exports.labels import SCALE, STEPS, step_called


def test_the_steps_are_called_in_exports_as_on_the_buttons_that_the_class_pressed() -> None:
    spoken = tomllib.loads((LOCALES / "zh-Hant.toml").read_text("utf-8"))["step"]
    assert tuple(spoken[str(step)] for step in range(1, 6)) == STEPS
    assert SCALE.startswith("1 強烈反對 … 5 強烈贊成")
    assert step_called(4) == "4 贊成"
