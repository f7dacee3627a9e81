"""Ships in satellite images: one small network that is trained here and exported to ONNX for the program."""
