"""Another window on a file: a program of its own, which may outlive the one that starts it."""

from pathlib import Path

from PySide6.QtCore import QProcess, QProcessEnvironment

from gradviz.core.language.saying import tr
from gradviz.protocol.module_process import module_command, module_environment


def start_window(path: Path) -> str:
    """Start a window on a session or a recording; return why it could not be, or an empty text."""
    program, *arguments = module_command("gradviz")
    environment = QProcessEnvironment.systemEnvironment()
    for name, value in module_environment().items():
        environment.insert(name, value)
    process = QProcess()
    process.setProcessEnvironment(environment)
    process.setProgram(program)
    process.setArguments([*arguments, str(path)])
    # It gives the process id beside it, or, by the release of Qt, does not.
    started = process.startDetached()
    succeeded = started[0] if isinstance(started, tuple) else started
    return "" if succeeded else process.errorString() or tr("the system refused")
