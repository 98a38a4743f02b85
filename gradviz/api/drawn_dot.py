"""A digraph that can be drawn where no Graphviz is installed."""

import contextlib
import os
import subprocess
from pathlib import Path
from typing import Any, Final

import graphviz

from gradviz.core.errors import ExportError
from gradviz.core.language.saying import tr
from gradviz.export.atomic import write_bytes
from gradviz.protocol.module_process import module_command, module_environment

_COMMAND: Final = module_command("gradviz.layout.bundled_dot")


class DrawnDigraph(graphviz.Digraph):  # type: ignore[misc]  # the library has no types
    """A `graphviz.Digraph` that draws with pygraphviz's Graphviz where there is no `dot`.

    A `dot` that is installed draws it as it draws any other.
    """

    def pipe(
        self,
        format: str | None = None,  # noqa: A002 - the library's name
        *,
        engine: str | None = None,
        encoding: str | None = None,
        **options: Any,
    ) -> bytes | str:
        """Return the picture, as text where an `encoding` is given.

        Args:
            format: "svg", "png", "pdf" and others of Graphviz's; "pdf" where none was chosen.
            engine: "dot" and others of Graphviz's.
            encoding: The encoding of the text that is returned; None for bytes.
            **options: Those of `graphviz.Digraph.pipe`, for a `dot` that is installed.

        Raises:
            ExportError: Graphviz could not draw it.
        """
        with contextlib.suppress(graphviz.ExecutableNotFound):
            found: bytes | str = super().pipe(format, engine=engine, encoding=encoding, **options)
            return found
        drawn = _drawn(self.source, engine or self.engine, format or self.format)
        return drawn if encoding is None else drawn.decode(encoding)

    def render(
        self,
        filename: str | os.PathLike[str] | None = None,
        directory: str | os.PathLike[str] | None = None,
        view: bool = False,
        cleanup: bool = False,
        format: str | None = None,  # noqa: A002 - the library's name
        *,
        outfile: str | os.PathLike[str] | None = None,
        engine: str | None = None,
        **options: Any,
    ) -> str:
        """Write the source and its picture to files, and return the path of the picture.

        Args:
            filename: The file of the source; the picture has its name with the format behind it.
            directory: The folder of both.
            view: Whether the picture is opened with the program that the desktop has for it.
            cleanup: Whether the file of the source is removed afterwards.
            format: "svg", "png", "pdf" and others of Graphviz's; "pdf" where none was chosen.
            outfile: The file of the picture; its suffix chooses the format.
            engine: "dot" and others of Graphviz's.
            **options: Those of `graphviz.Digraph.render`.

        Raises:
            ExportError: Graphviz could not draw it, or the file could not be written.
        """
        with contextlib.suppress(graphviz.ExecutableNotFound):
            rendered: str = super().render(
                filename,
                directory=directory,
                view=view,
                cleanup=cleanup,
                format=format,
                outfile=outfile,
                engine=engine,
                **options,
            )
            return rendered
        # The library has written the source by now, and knows where.
        source = Path(self.filepath)
        if outfile is not None:
            path = Path(outfile) if directory is not None else Path(self.directory, outfile)
            chosen = format or path.suffix.removeprefix(".").lower()
        else:
            chosen = format or self.format
            path = source.with_name(f"{source.name}.{chosen}")
        write_bytes(path, _drawn(self.source, engine or self.engine, chosen))
        if cleanup:
            source.unlink()
        if view:
            graphviz.view(os.fspath(path))
        return os.fspath(path)


def _drawn(source: str, engine: str, form: str) -> bytes:
    """Return the picture that the Graphviz of pygraphviz draws, in a process of its own."""
    done = subprocess.run(
        [*_COMMAND, f"-K{engine}", f"-T{form}"],
        input=source.encode(),
        capture_output=True,
        check=False,
        env=module_environment(),
    )
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        reason = told[-1] if told else tr("it ended with code {code}", code=done.returncode)
        raise ExportError(
            tr("Graphviz could not draw this as {format}: {reason}", format=form, reason=reason),
            tr("Use svg, png or pdf; what is too large for it is drawn by gradviz.capture()."),
        )
    return done.stdout
