"""Words by which a network's prompt asks a subscriber for a secret.

Languages of networks with mobile money, and the large ones; in lower case. A word counts where it
begins a word of the prompt, or, in scripts without spaces between words, anywhere; one of up to
four letters must be the whole word.
"""

import numpy as np
from numpy.typing import NDArray

PIN_WORDS = (
    # English, and what most languages took from it
    "pin", "mpin", "epin", "password", "passcode", "secret code", "secret number",
    # French, Spanish, Portuguese, Italian
    "code secret", "code confidentiel", "mot de passe", "contraseña", "clave", "código secreto",
    "senha", "palavra-passe", "codice segreto",
    # German, Turkish, Indonesian, Malay, Vietnamese
    "passwort", "kennwort", "geheimzahl", "şifre", "parola", "kata sandi", "kata laluan",
    "mật khẩu",
    # Swahili, Somali, Hausa, Kinyarwanda and Kirundi, Zulu
    "siri", "nenosiri", "sirta", "lambar sirri", "kalmar sirri", "ibanga", "yomfihlo",
    # Amharic
    "ሚስጥር", "የሚስጥር", "የይለፍ",
    # Russian, Ukrainian, Greek
    "пин", "пин-код", "пін", "пароль", "κωδικό",
    # Arabic, Persian, Urdu
    "الرقم السري", "الرمز السري", "كلمة المرور", "كلمة السر", "رمز عبور", "پاس ورڈ",
    # Hindi, Bengali
    "पिन", "पासवर्ड", "পিন", "পাসওয়ার্ড",
    # Chinese, Japanese, Korean, Thai
    "密码", "密碼", "暗証番号", "パスワード", "비밀번호", "รหัส",
)  # fmt: skip


def pin_words() -> NDArray[np.uint16]:
    """A row a word, its units of UTF-16 and zeros behind them."""
    table = np.zeros((len(PIN_WORDS), max(map(len, PIN_WORDS)) + 1), np.uint16)
    for row, word in zip(table, PIN_WORDS, strict=True):
        row[: len(word)] = np.frombuffer(word.encode("utf-16-le"), "<u2")
    return table
