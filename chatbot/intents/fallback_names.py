"""What files call the intent of the messages that fit no other, in the languages of the base."""

from __future__ import annotations

from chatbot.intents.key_names import plain_name

_NAMES = (
    "fallback", "no answer", "default", "default fallback", "fallback intent",
    "default fallback intent", "nlu fallback", "default response", "default answer",
    "default reply", "default message", "default responses", "default answers",
    "fallback response", "fallback responses", "fallback message", "fallback messages",
    "fallback reply", "fallback replies", "fallback answer", "no response", "no reply",
    "no match", "no understanding", "not understood", "not understand", "dont understand",
    "do not understand", "didnt understand", "misunderstood", "unknown", "unknown intent",
    "unrecognized", "unrecognised", "unhandled", "not found", "none", "no intent", "null", "oos",
    "out of scope", "else", "otherwise", "anything else", "sorry", "idk", "i dont know",
    "dont know", "do not know", "confused", "invalid", "error", "catch all",
    "por defecto", "defecto", "desconocido", "no entiendo", "sin respuesta",
    "respuesta por defecto", "desconhecido", "não entendi", "sem resposta", "resposta padrão",
    "défaut", "par défaut", "inconnu", "pas compris", "sans réponse", "réponse par défaut",
    "unbekannt", "nicht verstanden", "keine antwort", "standardantwort", "sconosciuto",
    "predefinito", "non capito", "nessuna risposta", "onbekend", "standaard", "niet begrepen",
    "geen antwoord", "nieznane", "domyślne", "domyślna odpowiedź", "nie rozumiem",
    "brak odpowiedzi", "неизвестно", "неизвестный", "по умолчанию", "не понял", "не понимаю",
    "нет ответа", "bilinmeyen", "varsayılan", "anlamadım", "anlaşılmadı", "cevap yok",
    "tidak diketahui", "tidak paham", "tidak mengerti", "tidak tahu", "bawaan", "không hiểu",
    "mặc định", "không rõ", "không biết", "không xác định", "غير معروف", "افتراضي", "غير مفهوم",
    "لا أفهم", "अज्ञात", "डिफ़ॉल्ट", "समझ नहीं आया", "不明", "デフォルト", "わからない",
    "分からない", "未知", "默认", "預設", "不知道", "不明白", "听不懂", "알 수 없음", "모름",
    "기본", "기본 응답", "이해 못함",
)  # fmt: skip

_PLAIN = frozenset(map(plain_name, _NAMES))
_ANYTHING = "*"
"""AIML's pattern for anything."""


def names_fallback(tag: str) -> bool:
    """Tell whether a tag is one that a file gives to its fallback reply, if it has no patterns."""
    return plain_name(tag) in _PLAIN or tag.strip() == _ANYTHING
