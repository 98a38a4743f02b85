"""Starts the engine's process: `python -m gradviz.engine`."""

from gradviz.engine.worker import work

if __name__ == "__main__":
    work()
