"""What steps and kinds are called where people read them: the steps as the class saw them on the buttons."""

STEPS = ("強烈反對", "反對", "中立", "贊成", "強烈贊成")
SCALE = f"1 {STEPS[0]} … 5 {STEPS[-1]} / 1 strongly disagrees … 5 strongly agrees"
KINDS = {
    "reason": "表態的理由",
    "inline": "貼出的摘解",
    "photo": "圖片",
    "video": "影片",
    "animation": "動圖",
    "voice": "語音",
    "audio": "音訊",
    "video_note": "影片留言",
    "document": "檔案",
    "sticker": "貼圖",
    "poll": "投票",
    "location": "位置",
    "contact": "聯絡人",
}


def step_called(step: int) -> str:
    """Return a step by number and name."""
    return f"{step} {STEPS[step - 1]}"
