"""Widgets of the house: choices as chips that a digit key picks."""

from django import forms


class Chips(forms.RadioSelect):
    """One of a few: radios drawn as chips; inside the group the digits 1–9 and 0 choose."""

    template_name = "ui/widgets/chips.html"


class ManyChips(forms.CheckboxSelectMultiple):
    """Any of a few: checkboxes drawn as chips; inside the group the digits 1–9 and 0 toggle."""

    template_name = "ui/widgets/chips.html"


class CodeInput(forms.TextInput):
    """A one-time code: digits keyboard, no suggestions, filled by password managers."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        code = {
            "class": "code",
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "autocapitalize": "off",
            "spellcheck": "false",
        }
        super().__init__({**code, **(attrs or {})})
