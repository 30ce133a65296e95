"""Libraries that are not there, or cannot be loaded: one line, with the command that mends it.

Chatting works without PyTorch and scikit-learn, so they may be missing; and what only one
command needs is an extra.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import TracebackType

from chatbot.cli import processor
from chatbot.common import ChatbotError, _

API = (
    "fastapi>=0.121,<1",
    "fastapi-swagger>=0.4.30,<1",
    "httptools>=0.6.3,<1",
    "pydantic>=2.11,<3",
    "starlette>=0.48,<2",
    "uvicorn>=0.35,<1",
)
SERVE = ("aiohttp>=3.10,<4", "textual-serve>=1.1.3,<1.2")

PACKAGES = {
    "torch": ("PyTorch", "torch>=2.6,<2.14"),
    "sklearn": ("scikit-learn", "scikit-learn>=1.5,<2"),
}
"""What learning needs, by the name it is imported under: what people call it, what pip does."""

EXTRAS = {
    "fastapi": ("FastAPI", API),
    "fastapi_swagger": ("fastapi-swagger", API),
    "pydantic": ("Pydantic", API),
    "starlette": ("Starlette", API),
    "uvicorn": ("Uvicorn", API),
    "textual_serve": ("textual-serve", SERVE),
    "aiohttp": ("aiohttp", SERVE),
}
"""What `chatbot api` and `chatbot serve` need; pip installs all of one at once."""

BROUGHT = {"scipy": ("SciPy", ("scipy>=1.11,<2",))}
"""What scikit-learn brings, and may be broken by itself."""

_KNOWN = PACKAGES.keys() | EXTRAS.keys() | BROUGHT.keys()


class LibraryError(ChatbotError):
    """A library is missing or broken; says which, and the command that mends it."""


@contextmanager
def explained_libraries() -> Iterator[None]:
    """Turn what goes wrong while a library is imported into a LibraryError.

    A broken one may raise anything: a RuntimeError for another NumPy, an AttributeError in its C
    extensions. One that the processor cannot run ends the program (`processor`).
    """
    try:
        with processor.watched():
            yield
    except Exception as error:
        explained = _explained(error)
        if explained is None:
            raise
        raise explained from error


def _explained(error: Exception) -> LibraryError | None:
    """Return what to say of a library; None where the error is about something else."""
    if not isinstance(error, ImportError | OSError) and not _loading(error.__traceback__):
        return None
    missing = (error.name or "").partition(".")[0] if isinstance(error, ImportError) else ""
    name = missing if missing in _KNOWN else _loading(error.__traceback__) or missing
    if name == "chatbot":  # its lazy imports turn an AttributeError into "cannot import name"
        return _first_broken()
    if not name:
        return None
    is_missing = isinstance(error, ModuleNotFoundError) and missing == name
    return _broken(name, error, is_missing=is_missing)


def _first_broken() -> LibraryError | None:
    """Return what to say of the first library that cannot be imported; None where all can."""
    for name in PACKAGES:
        try:
            import_module(name)
        except Exception as error:
            return _broken(name, error, is_missing=isinstance(error, ModuleNotFoundError))
    return None


def _broken(name: str, error: Exception, *, is_missing: bool) -> LibraryError:
    called, packages = _needed(name)
    pip = f"{sys.executable} -m pip install " + " ".join(f'"{package}"' for package in packages)
    if is_missing:
        not_there = _("{library} is not installed, and this needs it. Install it: {command}")
        return LibraryError(not_there.format(library=called, command=pip))
    why = " ".join(str(error).split())
    return LibraryError(
        _(
            "{library} is installed but cannot be loaded ({reason}). Install it again: {command}"
        ).format(library=called, reason=why, command=f"{pip} --force-reinstall")
    )


def _needed(name: str) -> tuple[str, tuple[str, ...]]:
    """Return what people call a library, and what pip installs for it."""
    several = EXTRAS | BROUGHT
    if name in several:
        return several[name]
    called, package = PACKAGES.get(name, (name, name))
    return called, (package,)


def _loading(at: TracebackType | None) -> str:
    """Return the library that we know in whose code an error arose during its import."""
    found, importing = "", False
    while at is not None:
        module = str(at.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        importing |= at.tb_frame.f_code.co_name == "<module>" and module in _KNOWN
        if importing and module in _KNOWN:
            found = module
        at = at.tb_next
    return found
