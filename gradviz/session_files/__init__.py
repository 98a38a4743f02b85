"""Session files, `.gviz`: a zip of a JSON text and tensors as safetensors, without any code."""
