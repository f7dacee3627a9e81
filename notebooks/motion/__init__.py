"""Where a ship goes next, as a distribution: training of lib/Models/weights/motion.onnx."""
