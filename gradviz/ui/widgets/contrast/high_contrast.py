"""The looks for people who ask their system for high contrast: black and white, and strong hues."""

from types import MappingProxyType
from typing import Final

from gradviz.render.style import Theme, Tint

#: Each text has a contrast of 7 or more on each surface and tint, each line one of 4.5.
HIGH_LIGHT: Final = Theme(
    name="light, high contrast",
    canvas="#FFFFFF",
    panel="#FFFFFF",
    bar="#FFFFFF",
    text="#000000",
    secondary="#1F1F1F",
    line="#4D4D4D",
    grid="#E6E6E6",
    edge="#000000",
    accent="#003C9E",
    accent_text="#FFFFFF",
    now="#A32A00",
    now_text="#8A2400",
    now_tint=Tint("#FFFFFF", "#A32A00"),
    done="#005C46",
    done_text="#005040",
    chip="#8A2400",
    chip_text="#FFFFFF",
    saved=Tint("#FFFFFF", "#704600"),
    came="#7A0066",
    gone="#3D3D3D",
    kinds=MappingProxyType(
        {
            "leaf": Tint("#EAF3FF", "#003C9E"),
            "operation": Tint("#FFFFFF", "#000000"),
            "output": Tint("#EAF7EA", "#004D00"),
            "function": Tint("#F5F0FF", "#4B1F99"),
            "group": Tint("#FFFFFF", "#000000"),
        }
    ),
    stroke=1.4,
)

HIGH_DARK: Final = Theme(
    name="dark, high contrast",
    canvas="#000000",
    panel="#000000",
    bar="#000000",
    text="#FFFFFF",
    secondary="#E6E6E6",
    line="#B3B3B3",
    grid="#262626",
    edge="#FFFFFF",
    accent="#8AC4FF",
    accent_text="#000000",
    now="#FF9A70",
    now_text="#FFAE8C",
    now_tint=Tint("#000000", "#FF9A70"),
    done="#6FE3C4",
    done_text="#86E8CD",
    chip="#FF9A70",
    chip_text="#000000",
    saved=Tint("#000000", "#FFC266"),
    came="#FF9AEA",
    gone="#CCCCCC",
    kinds=MappingProxyType(
        {
            "leaf": Tint("#0A2440", "#8AC4FF"),
            "operation": Tint("#000000", "#FFFFFF"),
            "output": Tint("#0A2B0A", "#8CE08A"),
            "function": Tint("#21123D", "#C9B0FF"),
            "group": Tint("#000000", "#FFFFFF"),
        }
    ),
    stroke=1.4,
)
