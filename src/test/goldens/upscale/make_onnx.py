"""Upscalers as ONNX files, and what ONNX Runtime makes of a picture with them.

any-size: 32-bit, any size. fixed-half: 16-bit in and out, 24x24 alone. multiple-of-4: any size that 4 divides.
"""

import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file

OUT = Path(sys.argv[1])


def keep(name, nodes, weights, kind, height, width, shape, picture=None):
    numpy_kind = np.float16 if kind == TensorProto.FLOAT16 else np.float32
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("input", kind, [1, 3, height, width])],
        [helper.make_tensor_value_info("output", kind, [1, 3, None, None])],
        [numpy_helper.from_array(value, key) for key, value in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, OUT / f"{name}.onnx")
    session = onnxruntime.InferenceSession(str(OUT / f"{name}.onnx"), providers=["CPUExecutionProvider"])
    image = np.random.default_rng(5).random((1, 3, *shape)).astype(np.float32)
    made = session.run(None, {"input": image.astype(numpy_kind)})[0].astype(np.float32)
    save_file({"image": image, "made": np.ascontiguousarray(made)}, OUT / f"{name}.golden.safetensors")
    print(name, made.shape, made.min(), made.max())


def shuffle(block, kind, seed):
    """A convolution whose channels become pixels."""
    random = np.random.default_rng(seed)
    weight = (random.standard_normal((3 * block * block, 3, 3, 3)) * 0.1).astype(kind)
    nodes = [
        helper.make_node("Conv", ["input", "w"], ["c"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
        helper.make_node("DepthToSpace", ["c"], ["output"], blocksize=block, mode="CRD"),
    ]
    return nodes, {"w": weight}


keep("any-size", *shuffle(3, np.float32, 1), TensorProto.FLOAT, None, None, (10, 14))
keep("fixed-half", *shuffle(2, np.float16, 2), TensorProto.FLOAT16, 24, 24, (24, 24))
weight = (np.random.default_rng(3).standard_normal((192, 48, 1, 1)) * 0.1).astype(np.float32)
nodes = [
    helper.make_node("SpaceToDepth", ["input"], ["s"], blocksize=4),
    helper.make_node("Conv", ["s", "w"], ["c"], kernel_shape=[1, 1]),
    helper.make_node("DepthToSpace", ["c"], ["output"], blocksize=8, mode="DCR"),
]
keep("multiple-of-4", nodes, {"w": weight}, TensorProto.FLOAT, None, None, (8, 12))
