"""The graphs that PyTorch's compiler made of a compiled function, as one graph to look at."""

from gradviz.engine.inspection.compiled import compiled_answer as compiled_answer
