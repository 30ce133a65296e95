"""The document as JSON, in colours of the app's theme that are readable in every theme."""

from __future__ import annotations

from rich.style import Style
from textual.document._document_navigator import DocumentNavigator
from textual.geometry import Size
from textual.widgets.text_area import TextAreaTheme

from chatbot.tui.editor.colours import syntax_styles
from chatbot.tui.editor.long_text import CountedDocument, JoinedDocument, widest
from chatbot.tui.fields import SteadyTextArea

THEME = "json of the app"


class JsonView(SteadyTextArea):
    """A code editor of JSON."""

    def __init__(self, *, id: str) -> None:
        super().__init__(
            id=id, theme="css", soft_wrap=False, tab_behavior="indent", show_line_numbers=True
        )

    def _set_document(self, text: str, language: str | None) -> None:
        """Take a text; one of 30,000 lines must not be counted for each line that is drawn."""
        self._let_go()
        super()._set_document(text, language)
        if language is None:
            self.document = JoinedDocument(text)
        self.wrapped_document = CountedDocument(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._rewrap_and_refresh_virtual_size()

    def _let_go(self) -> None:
        """Free the document, which is about to be replaced or closed.

        The tree of tree-sitter holds the document that it was read from, and the document its tree:
        a cycle that Python's garbage collector cannot see.
        """
        vars(self.document).pop("_syntax_tree", None)

    def on_unmount(self) -> None:
        """Leave no text in memory."""
        self._let_go()

    def _refresh_size(self) -> None:
        """Update the size of what is scrolled; nothing is wrapped."""
        width = widest(self.document.lines, self.indent_width)
        self.virtual_size = Size(width + self.gutter_width + 1, self.document.line_count)
        self._refresh_scrollbars()

    def on_mount(self) -> None:
        """Take the colours of the theme, and of each that is chosen later."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._colour())
        self._colour()

    def _colour(self) -> None:
        styles = syntax_styles(self.app.current_theme, is_coloured=not self.app.no_color)
        # Textual's own background of matching brackets costs them their contrast.
        brackets = Style(bold=True, underline=True)
        theme = TextAreaTheme(THEME, syntax_styles=styles, bracket_matching_style=brackets)
        self.register_theme(theme)
        if self.theme == THEME:
            self._set_theme(THEME)  # a theme of the same name is not looked up again
        else:
            self.theme = THEME
        self.notify_style_update()
