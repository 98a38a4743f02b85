"""The look of a file that is saved, as a caller of `Capture.save` has chosen it."""

from typing import NamedTuple

from gradviz.api.picture_files import PictureLook, publication_of
from gradviz.api.picture_options import StyleName, ThemeName
from gradviz.core.errors import SettingError
from gradviz.core.graphs.shown.node_names import NodeNames
from gradviz.core.language.saying import tr
from gradviz.export.figure import DOTS_PER_INCH
from gradviz.export.publication import PRINT_DPI, Publication


class SavedLook(NamedTuple):
    """The choices of one call, with the meanings that `Capture.save` gives them."""

    after: int = 0
    scale: float | None = None
    dpi: float | None = None
    theme: ThemeName = "light"
    names: NodeNames | None = None
    transparent: bool = False
    style: StyleName | None = None
    width_mm: float | None = None
    caption: str | bool = False

    def refuse(self) -> None:
        """Raise SettingError where anything is chosen, as for a recording."""
        if self != SavedLook():
            raise SettingError(
                tr("The look is chosen for pictures, and a recording is none."),
                tr("Leave it out: the window that opens it lets you choose."),
            )

    @property
    def publication(self) -> Publication | None:
        """Return the width on paper and the caption, None for a drawing that is not for print."""
        return publication_of(self.style, self.width_mm, self.caption)

    def picture_look(self, *, printed: bool) -> PictureLook:
        """Return the look of the picture; raises SettingError where there is no such look."""
        usual = PRINT_DPI / DOTS_PER_INCH if printed else 2.0
        return PictureLook(
            scale=usual if self.scale is None else self.scale,
            dpi=self.dpi,
            theme=self.theme,
            names=self.names,
            transparent=self.transparent,
        )
