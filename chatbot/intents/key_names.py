"""What other programs and people call our keys, in a JSON object or the header of a table.

One table for both, in the languages that the base has read. Names are compared without case,
diacritics, blanks and punctuation: "Câu hỏi", "cau_hoi" and "CauHoi" are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from chatbot.words import as_read, bare

Role = Literal["tag", "patterns", "responses"]
"""One of our keys."""

ROLES: tuple[Role, ...] = ("tag", "patterns", "responses")

_TAGS = (
    "tag", "intent", "intent id", "intent display name", "intent name", "top intent", "tags",
    "intents", "intención", "intenção", "intention", "absicht", "intento", "intentie",
    "intencja", "интент", "намерение", "niyet", "maksud", "niat", "ý định",
    "النية", "القصد", "आशय", "इरादा", "意図", "インテント", "意图", "意圖", "의도", "인텐트",
    "etiqueta", "étiquette", "etikett", "etichetta", "etykieta", "тег", "etiket", "nhãn", "thẻ",
    "وسم", "टैग", "タグ", "标签", "標籤", "태그",
)  # fmt: skip
"""Names of the intent itself."""

_HEADINGS = (
    "name", "title", "id", "label", "labels", "class", "classification",
    "nombre", "título", "nome", "nom", "titre", "klasse", "titel", "titolo", "classe", "clase",
    "naam", "nazwa", "tytuł", "klasa", "название", "заголовок", "класс", "имя", "ad", "isim",
    "başlık", "sınıf", "nama", "judul", "kelas", "tên", "tiêu đề", "lớp", "اسم", "العنوان", "فئة",
    "नाम", "शीर्षक", "वर्ग", "名前", "タイトル", "クラス", "名称", "標題", "标题", "类", "이름",
    "제목", "클래스",
)  # fmt: skip
"""Names of an intent or of its entry, where no better one is there."""

_GROUPS = (
    "category", "categories", "topic", "subject", "section", "theme", "group", "domain",
    "department", "area", "categoría", "tema", "sección", "categoria", "tópico", "seção",
    "catégorie", "thème", "sujet", "rubrique", "kategorie", "thema", "rubrik", "bereich",
    "argomento", "sezione", "categorie", "onderwerp", "kategoria", "temat", "категория", "тема",
    "раздел", "рубрика", "kategori", "konu", "bölüm", "topik", "bagian", "danh mục", "chủ đề",
    "phân loại", "الفئة", "التصنيف", "الموضوع", "श्रेणी", "विषय", "カテゴリ", "カテゴリー",
    "分類", "分类", "类别", "類別", "主题", "話題", "카테고리", "분류", "주제",
)  # fmt: skip
"""Names of what several intents belong to. Without replies it is an intent as good as any."""

_PATTERNS = (
    "patterns", "pattern", "utterances", "utterance", "examples", "example", "phrases", "phrase",
    "questions", "question", "queries", "query", "sentences", "sentence", "samples", "sample",
    "instruction", "instructions",
    "training data", "training phrases", "training phrase", "training examples", "inputs",
    "input", "user says", "user input", "user message", "user query", "prompt", "prompts",
    "keywords", "keyword", "triggers", "trigger", "variations",
    "expressions", "expression", "ask", "asks", "utt", "q", "text", "texts", "message",
    "messages", "statement",
    "pregunta", "preguntas", "patrones", "patrón", "ejemplos", "ejemplo", "frases", "frase",
    "expresiones", "mensaje", "mensajes", "entrada", "entradas", "consulta", "texto", "oraciones",
    "pergunta", "perguntas", "padrões", "padrão", "exemplos", "exemplo", "mensagem", "mensagens",
    "motifs", "motif", "exemples", "exemple", "phrase d'exemple", "entrée", "entrées",
    "message utilisateur", "énoncé", "énoncés", "modèles", "texte",
    "frage", "fragen", "muster", "beispiele", "beispiel", "sätze", "satz", "äußerungen",
    "äußerung", "eingabe", "eingaben", "nachricht", "nachrichten", "anfrage", "anfragen",
    "domanda", "domande", "esempi", "esempio", "frasi", "modelli", "messaggio", "messaggi",
    "testo", "vraag", "vragen", "voorbeelden", "voorbeeld", "zinnen", "zin", "patronen",
    "patroon", "bericht", "berichten", "invoer", "tekst", "pytanie", "pytania", "wzorce",
    "wzorzec", "przykłady", "przykład", "zdania", "zdanie", "wiadomość", "wiadomości",
    "вопрос", "вопросы", "шаблоны", "шаблон", "примеры", "пример", "фразы", "фраза", "запрос",
    "запросы", "сообщение", "сообщения", "текст", "паттерны", "soru", "sorular", "kalıplar",
    "kalıp", "örnekler", "örnek", "cümleler", "cümle", "mesaj", "mesajlar", "ifadeler", "metin",
    "pertanyaan", "tanya", "pola", "contoh", "kalimat", "pesan", "masukan", "teks", "ujaran",
    "câu hỏi", "hỏi", "mẫu", "mẫu câu", "ví dụ", "câu", "tin nhắn", "văn bản", "câu mẫu",
    "السؤال", "سؤال", "أسئلة", "الأسئلة", "أنماط", "الأنماط", "نمط", "أمثلة", "مثال", "جمل",
    "عبارات", "رسالة", "نص", "प्रश्न", "सवाल", "पैटर्न", "उदाहरण", "वाक्य", "संदेश", "पाठ",
    "質問", "質問文", "問い", "問題", "例文", "例", "発話", "パターン", "メッセージ", "入力", "文",
    "テキスト", "问题", "提问", "问", "问句", "問", "例句", "示例", "模式", "语句", "用户输入",
    "输入", "消息", "文本", "질문", "문의", "패턴", "예문", "예시", "문장", "발화", "메시지",
    "입력", "텍스트",
)  # fmt: skip
"""Names of what people say, in order of preference within a language."""

_RESPONSES = (
    "responses", "response", "answers", "answer", "replies", "reply", "speech response", "output",
    "outputs", "completion", "completions", "bot response", "bot says", "bot reply",
    "accepted answer", "a", "ans", "solution", "fulfillment text", "chosen",
    "respuesta", "respuestas", "contestación", "resposta", "respostas", "réponse", "réponses",
    "antwort", "antworten", "risposta", "risposte", "antwoord", "antwoorden", "reactie",
    "odpowiedź", "odpowiedzi", "ответ", "ответы", "реплика", "cevap", "cevaplar", "yanıt",
    "yanıtlar", "jawaban", "jawab", "balasan", "respon", "tanggapan", "câu trả lời", "trả lời",
    "phản hồi", "đáp", "đáp án", "الإجابة", "إجابة", "أجوبة", "الجواب", "جواب", "رد", "الرد",
    "ردود", "إجابات", "उत्तर", "जवाब", "प्रतिक्रिया", "回答", "答え", "返答", "返事", "応答",
    "回答文", "答案", "答", "回复", "回覆", "答复", "响应", "답변", "답", "대답", "응답",
)  # fmt: skip
"""Names of what the bot answers."""

_ASKING = ("user", "human", "customer", "client", "visitor", "kunde", "usuario")
_ANSWERING = ("bot", "assistant", "chatbot", "agent", "gpt", "system", "robot")
_ACTORS: dict[str, Role] = {
    **dict.fromkeys(_ASKING, "patterns"),
    **dict.fromkeys(_ANSWERING, "responses"),
}
"""Who says it: "bot_message"; by itself, "bot", where no better name is there."""

_SIDE = frozenset(
    ("id", "ids", "url", "urls", "link", "date", "time", "language", "lang", "locale", "source",
     "src", "count", "number", "no", "nr", "index", "idx", "score", "length", "len", "type",
     "author", "email", "image", "html", "created", "updated", "modified", "status", "rank",
     "confidence", "entities", "entity", "metadata", "embedding", "vector")
)  # fmt: skip
"""A name with one of these words is about something else: "question_id", "answer_url"."""

_WEAK = frozenset(
    ("text", "texts", "texto", "texte", "testo", "tekst", "message", "messages", "name", "title",
     "label", "labels", "class", "input", "output", "a", "q", "query", "ask", "example",
     "examples", "sample", "samples", "statement", "ad", "tags")
)  # fmt: skip
"""Names that say little beside another one: an "answer text" is an answer."""

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[^\W\d_]+")
_COUNTED = "0123456789 _-."


def plain_name(name: str) -> str:
    """Return a name as it is compared: without case, diacritics, blanks and punctuation."""
    return "".join(c for c in bare(as_read(name).casefold()) if c.isalnum() or c > "\u0300")


def _table(*groups: tuple[Role, Iterable[str]]) -> dict[str, tuple[Role, int]]:
    found: dict[str, tuple[Role, int]] = {}
    for role, names in groups:
        for name in names:
            found.setdefault(plain_name(name), (role, len(found)))
    return found


_NAMES = _table(
    ("tag", _TAGS),
    ("patterns", _PATTERNS),
    ("responses", _RESPONSES),
    ("tag", _HEADINGS),
    ("tag", _GROUPS),
    ("patterns", _ASKING),
    ("responses", _ANSWERING),
)
_STRONG_TAGS = frozenset(map(plain_name, _TAGS))
_GROUP_NAMES = frozenset(map(plain_name, _GROUPS))
_LAST = 10_000
"""The rank of a name that is known by its words alone."""


@lru_cache(maxsize=4_096)
def ranked_role(name: str) -> tuple[Role, int] | None:
    """Return which of our keys a name stands for, and its rank: of two names the lower one counts.

    None for a name that is none of ours. "answer_2", "Customer question" and "bot_response" are
    known by their words.
    """
    known = _NAMES.get(plain_name(name)) or _NAMES.get(plain_name(name.rstrip(_COUNTED)))
    if known is not None:
        return known
    words = [plain_name(word) for word in _WORDS.findall(as_read(name))]
    if not words or not _SIDE.isdisjoint(words):
        return None
    strong = {w for w in words if w in _NAMES and w not in _WEAK | _GROUP_NAMES | _ACTORS.keys()}
    actors = {_ACTORS[word] for word in words if word in _ACTORS}
    roles = {_NAMES[word][0] for word in strong}
    if not roles and len(actors) == 1 and not _WEAK.isdisjoint(words):
        roles = actors
    if not roles:
        roles = {_NAMES[word][0] for word in words if word in _NAMES and word not in _ACTORS}
    return (roles.pop(), _LAST) if len(roles) == 1 else None


def role_of(name: str) -> Role | None:
    """Return which of our keys a name stands for, if any."""
    found = ranked_role(name)
    return None if found is None else found[0]


def names_intent(name: str) -> bool:
    """Tell whether a name is that of the intent itself, not of an entry or of a group."""
    plain = plain_name(name)
    return plain in _STRONG_TAGS or (role_of(name) == "tag" and plain not in _NAMES)


def is_group(name: str) -> bool:
    """Tell whether a name is that of a category, to which several intents may belong."""
    return plain_name(name) in _GROUP_NAMES


def best(names: Iterable[str], role: Role) -> str | None:
    """Return the name that stands for one of our keys with the best right, if any does."""
    found = [
        (known[1], name) for name in names if (known := ranked_role(name)) and known[0] == role
    ]
    return min(found)[1] if found else None


def uncounted(name: str) -> str:
    """Return a name without the number at its end: "pattern1" and "pattern_2" are one."""
    return plain_name(name.rstrip(_COUNTED))
