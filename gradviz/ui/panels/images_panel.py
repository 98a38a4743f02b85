"""The images panel: a classifier's predictions for test images, and its accuracy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from gradviz.core.language.saying import listed, marked, tr
from gradviz.core.number_text import counted
from gradviz.export.table import Series
from gradviz.protocol.events import ImagesClassified, ModelBuilt
from gradviz.render.plots.drawn_curves import WIDTH
from gradviz.ui.dialogs.image_folder import ask_image_folder
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.plot_panel import PlotPanel
from gradviz.ui.widgets.image_grid import ImageGrid, guesses
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.theme import Theme
from gradviz.ui.widgets.whole_label import ElidedLabel

if TYPE_CHECKING:
    import pyqtgraph as pg


class ImagesPanel(PlotPanel):
    """A grid of test images with the classifier's guesses, and its accuracy over the steps."""

    empty_text = marked(
        "What a classifier makes of images will be here. Choose the model “Image classifier”."
    )
    height_name = marked("accuracy (%)")
    refresh_ms = 80

    def __init__(self, context: PanelContext) -> None:
        self.grid = ImageGrid(context.theme.look)
        self._curve: pg.PlotDataItem | None = None
        self._shown: ModelBuilt | None = None
        super().__init__(context)
        self._workbench = context.workbench
        self.source = named(ElidedLabel(), "image_source", title=tr("Images"))
        self.detail = named(ElidedLabel(), "secondary", title=tr("Image"))
        self.choose = named(QPushButton(tr("Data folder…")), "data_folder")
        self.choose.setToolTip(tr("Train on the four files of FashionMNIST in a folder of yours"))
        self.draw_shapes = named(QPushButton(tr("Drawn shapes")), "drawn_shapes")
        self.draw_shapes.setToolTip(tr("Train on shapes that are drawn here, without any file"))
        self._row = QHBoxLayout()
        self._lay_out()
        self.choose.clicked.connect(self._choose_folder)
        self.draw_shapes.clicked.connect(lambda: self._workbench.choose_data_folder(""))
        self.grid.pointed.connect(self._show_detail)
        context.state.images_classified.connect(self._on_progressed)

    def _choose_folder(self) -> None:
        ask_image_folder(self._state.model.data_folder, self._workbench.choose_data_folder)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.source, 1)
        head.addWidget(self.choose)
        head.addWidget(self.draw_shapes)
        told = QHBoxLayout()
        told.addWidget(self.heading_room, 3)
        told.addWidget(self.detail, 2)
        self._column.insertLayout(0, head)
        self._column.insertLayout(1, told)
        self._row.setSpacing(8)
        self._row.addWidget(self.grid, 5)
        self._column.addLayout(self._row, 1)

    def has_something(self) -> bool:
        return self._state.built is not None and self._state.built.images is not None

    def refresh(self) -> None:
        super().refresh()
        # What does not change with a test may be in another language.
        built = self._state.built
        if built is not None and built is self._shown:
            self._show_source(built)
        if self.detail.whole:
            self._show_detail(self.grid.current)

    def use_theme(self, theme: Theme) -> None:
        super().use_theme(theme)
        self.grid.use_look(theme.look)

    def make_curves(self, plot: pg.PlotWidget) -> None:
        self._curve = plot.plot(name=marked("accuracy"))
        plot.setAccessibleName(tr("Accuracy over the steps, in per cent"))
        plot.setMinimumWidth(120)

    def _made_plot(self) -> pg.PlotWidget:
        plot = super()._made_plot()
        # It is beside the images, where the other plots fill their panel.
        self._row.addWidget(plot, 2)
        return plot

    def told_series(self) -> list[Series]:
        """Return the curve with its name in the language that is spoken."""
        return [each._replace(name=tr(each.name)) for each in self.series()]

    def paint_curves(self, plot: pg.PlotWidget) -> None:
        import pyqtgraph as pg

        if self._curve is not None:
            self._curve.setPen(pg.mkPen(self._theme.look.done, width=WIDTH))
            self._curve.setSymbolPen(None)
            self._curve.setSymbolBrush(pg.mkBrush(self._theme.look.done))

    def draw_curves(self, plot: pg.PlotWidget) -> None:
        built, tests = self._state.built, self._state.tests
        if built is None or built.images is None or self._curve is None:
            return
        if built is not self._shown:
            self._shown = built
            self.grid.show_images(built.images)
            self._show_source(built)
        steps = np.array([test.step for test in tests], dtype=np.float64)
        parts = np.array([test.correct / test.tested for test in tests])
        self._curve.setData(steps, 100 * parts, symbol="o", symbolSize=4)
        end = max(self._state.training.steps, float(steps[-1]) if len(steps) else 0.0, 1.0)
        self.show_range(plot, (0.0, end, 0.0, 100.0))
        if tests:
            self._show_test(built, tests[-1])

    def _show_test(self, built: ModelBuilt, test: ImagesClassified) -> None:
        if built.images is None:
            return
        self.grid.show_guesses(guesses(built.images, test.probabilities.floats()))
        self._show_detail(self.grid.current)
        part = test.correct / test.tested
        look = self._theme.look
        self.legend(
            (tr("accuracy {share:.1%}", share=part), look.done_text),
            (
                tr(
                    "of {tested} at step {step}",
                    tested=counted(test.tested),
                    step=counted(test.step),
                ),
                look.secondary,
            ),
        )

    def _show_source(self, built: ModelBuilt) -> None:
        images = built.images
        if images is not None:
            self.source.show_text(
                tr(
                    "{title}: {learned} to learn from, {tested} to test",
                    title=images.title,
                    learned=counted(images.count),
                    tested=counted(images.test_count),
                )
            )
        self.draw_shapes.setEnabled(bool(built.model.data_folder))

    def _show_detail(self, index: int | None) -> None:
        found = self.grid.guesses
        if index is None or index >= len(found):
            self.detail.show_text(tr("point at an image"))
            return
        guess = found[index]
        best = sorted(guess.probabilities, key=lambda item: -item[1])[:3]
        chances = listed(f"{tr(name)} {value:.1%}" for name, value in best)
        self.detail.show_text(
            tr(
                "{guess}, truly {true}: {chances}",
                guess=guess.text,
                true=tr(guess.true),
                chances=chances,
            )
        )

    def _on_model_changed(self) -> None:
        """Come to the front with the first model that has images, and leave it with the last."""
        built = self._state.built
        had_images = self._shown is not None
        has_images = built is not None and built.images is not None
        if not has_images:
            self._shown = None
        super()._on_model_changed()
        if has_images and not had_images:
            self.offered.emit()
        elif had_images and not has_images:
            self.give_way()
