"""Making models: networks in PyTorch, fine-tuning, export to ONNX. The only home of torch; an extra to install."""
