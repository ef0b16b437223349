"""The prose editor. It offers what the sanitiser of `articles.text.html` keeps; a test holds the two together."""

from django_prose_editor.widgets import AdminProseEditorWidget

from articles.text import html

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Code": True,
    "CodeBlock": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},  # numbers only: their look is the page's matter
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": sorted(html.SCHEMES)},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "NoSpellCheck": False,  # the browser's spelling help is welcome
}


def body_widget():
    return AdminProseEditorWidget(config={"extensions": EXTENSIONS}, preset="configurable")
