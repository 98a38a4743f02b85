"""ONNX files: a process of its own reads each as the graph of a forward pass, and runs nothing."""
