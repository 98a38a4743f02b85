"""What a user brings: a file with a model, whether it is trusted, and what is typed beside it.

Nothing here runs a line of that file. The engine does, and only with trust.
"""

from gradviz.own.calls import InputCall, Value, parse_arguments, parse_inputs
from gradviz.own.source import ModelFile, OwnSource, content_hash, own_source, read_model_file
from gradviz.own.trust import TrustedFiles, trusted_files_path

__all__ = [
    "InputCall",
    "ModelFile",
    "OwnSource",
    "TrustedFiles",
    "Value",
    "content_hash",
    "own_source",
    "parse_arguments",
    "parse_inputs",
    "read_model_file",
    "trusted_files_path",
]
