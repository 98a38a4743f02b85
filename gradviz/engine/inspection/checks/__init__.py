"""Recorded gradients compared with everything that can tell whether they are right."""

from gradviz.engine.inspection.checks.checker import checked as checked
from gradviz.engine.inspection.checks.checker import checks_in_pieces as checks_in_pieces
