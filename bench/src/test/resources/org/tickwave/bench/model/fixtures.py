"""Wrote the files beside it: safetensors 0.8.0 with numpy 2.4.6, Python 3.11 (safetensors orders tensors by name)."""
import json
import numpy as np
from safetensors.numpy import save_file


def eighths(*shape):
    """Number i is (i - 5) / 8."""
    return ((np.arange(np.prod(shape)) - 5) / 8).astype(np.float32).reshape(shape)


save_file(
    {
        "2.weight": eighths(2, 3),
        "0.weight": eighths(3, 4),
        "2.bias": np.array([-0.0, 2.0**30], np.float32),
        "0.bias": np.array([1e-45, -1.17549435e-38, 0.1], np.float32),
    },
    "change.safetensors",
    metadata={
        "tickwave_format": "1", "task": "change", "widths": "[4, 3, 2]", "activation": "leaky_relu",
        "output_activation": "identity", "loss": "squared_error", "labels": "[]", "context": "2", "gain": "12.5",
        "seed": "-9223372036854775808", "somebody": "else's",
    },
)
save_file(
    {"0.weight": eighths(3, 80), "0.bias": eighths(3)},
    "classify.safetensors",
    metadata={
        "tickwave_format": "1", "task": "classify", "widths": json.dumps([80, 3]), "activation": "identity",
        "output_activation": "identity", "loss": "softmax_cross_entropy", "labels": json.dumps(["0", "eight", "\u00e5\U0001f30a"]),
        "context": "2", "gain": "1", "seed": "7",
        "features": json.dumps({"sample_rate": 8000, "window_samples": 200, "step_samples": 80, "fft_samples": 256,
                                "bands": 40, "floor": 1e-6}),
        "normalisation": json.dumps({"count": 3, "mean": [i / 3 for i in range(40)], "squares": [1 / (i + 1) for i in range(40)]}),
    },
)
