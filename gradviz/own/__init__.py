"""The model that a user brings: its file, the trust in it, its arguments and its inputs.

Nothing here runs a line of that file. The engine does, and only with trust.
"""

from gradviz.own.calls import Input, InputCall, parse_arguments, parse_inputs
from gradviz.own.criteria import CRITERIA, CriterionCall, CriterionRow, parse_criterion
from gradviz.own.siblings import ModelFiles, is_installed, is_own, name_in, read_model_files
from gradviz.own.source import ModelFile, OwnSource, content_hash, own_source, read_model_file
from gradviz.own.syntax import Value
from gradviz.own.trust import Standing, TrustedFiles, trusted_files_path

__all__ = [
    "CRITERIA",
    "CriterionCall",
    "CriterionRow",
    "Input",
    "InputCall",
    "ModelFile",
    "ModelFiles",
    "OwnSource",
    "Standing",
    "TrustedFiles",
    "Value",
    "content_hash",
    "is_installed",
    "is_own",
    "name_in",
    "own_source",
    "parse_arguments",
    "parse_criterion",
    "parse_inputs",
    "read_model_file",
    "read_model_files",
    "trusted_files_path",
]
