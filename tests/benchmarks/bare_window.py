"""The least that such a window costs: PySide6, pyqtgraph, one plot; says when it is shown."""

import sys

import pyqtgraph as pg
from first_paint import tell_first_paint
from PySide6.QtWidgets import QApplication, QMainWindow

app = QApplication([])
window = QMainWindow()
plot = pg.PlotWidget()
plot.plot([0, 1, 2], [0, 1, 0])
window.setCentralWidget(plot)
window.resize(1440, 900)
window.show()
tell_first_paint(window)
sys.exit(app.exec())
