"""PyTorch's side: building, recording and training models; it never imports Qt."""
