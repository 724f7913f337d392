"""Small preprocessors as ONNX files, and what is drawn with them: onnxruntime between OpenCV and numpy. See README.md."""
import json
from pathlib import Path

import cv2
import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
OUT = RESOURCES / "control" / "annotators"
IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))


def weights(seed, *shape):
    return (np.random.default_rng(seed).standard_normal(shape) / np.sqrt(np.prod(shape[1:]))).astype(np.float32)


def network(name, shape, out_channels, seed, tail=(), kind=TensorProto.FLOAT, channels_last=False, squeeze=False, more=()):
    """One 3x3 convolution, and the operators of `tail`."""
    dtype = np.float16 if kind == TensorProto.FLOAT16 else np.float32
    channels = shape[3] if channels_last else shape[1]
    nodes, at = [], "image"
    if channels_last:
        nodes.append(helper.make_node("Transpose", [at], ["nchw"], perm=[0, 3, 1, 2]))
        at = "nchw"
    nodes.append(helper.make_node("Conv", [at, "w"], ["conv"], pads=[1, 1, 1, 1]))
    at = "conv"
    for i, op in enumerate(tail):
        nodes.append(helper.make_node(op, [at], [f"t{i}"]))
        at = f"t{i}"
    if squeeze:
        nodes.append(helper.make_node("Squeeze", [at, "axis"], ["squeezed"]))
        at = "squeezed"
    if channels_last:
        nodes.append(helper.make_node("Transpose", [at], ["nhwc"], perm=[0, 2, 3, 1]))
        at = "nhwc"
    nodes.append(helper.make_node("Identity", [at], ["drawn"]))
    outputs = [helper.make_tensor_value_info("drawn", kind, None)]
    for other in more:
        nodes.append(helper.make_node("Relu", ["image"], [other]))
        outputs.insert(0, helper.make_tensor_value_info(other, kind, None))
    graph = helper.make_graph(
        nodes, name, [helper.make_tensor_value_info("image", kind, shape)], outputs,
        [numpy_helper.from_array(weights(seed, out_channels, channels, 3, 3).astype(dtype), "w"),
         numpy_helper.from_array(np.array([1], np.int64), "axis")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    model = onnx.shape_inference.infer_shapes(model)
    onnx.save(model, OUT / f"{name}.onnx")


def resized(img, w, h):
    """Shades are whole numbers afterwards."""
    smaller = w * h < img.shape[0] * img.shape[1]
    out = cv2.resize(img.astype(np.float32), (w, h), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC)
    return np.rint(out).clip(0, 255)


def draw(name, resolution, size=None, multiple=64, white=1.0, mean=(0,) * 3, std=(1,) * 3, bgr=False, limits=(0, 1),
         invert=False, channels_last=False, dtype=np.float32, grey=False):
    img = np.array(Image.open(RESOURCES / "image/control/source.png").convert("RGB"))
    k = resolution / min(img.shape[:2])
    w, h = int(np.round(img.shape[1] * k)), int(np.round(img.shape[0] * k))
    sw, sh = size or [max(int(np.round(s / multiple)), 1) * multiple for s in (w, h)]
    x = resized(img, sw, sh) / 255
    if grey:
        x = (x @ np.array([0.299, 0.587, 0.114]))[..., None]
        mean, std = mean[:1], std[:1]
    if bgr:
        x = x[..., ::-1]
    x = ((x - np.array(mean)) / np.array(std) * white).astype(dtype)
    x = x[None] if channels_last else x.transpose(2, 0, 1)[None]
    y = onnxruntime.InferenceSession(OUT / f"{name}.onnx").run(["drawn"], {"image": np.ascontiguousarray(x)})[0]
    y = y.astype(np.float32)
    y = y[0] if channels_last else y.reshape(-1, *y.shape[-2:]).transpose(1, 2, 0)
    y = y[..., :3] if y.shape[2] >= 3 else y
    if (y.shape[1], y.shape[0]) != (w, h):
        smaller = w <= y.shape[1] and h <= y.shape[0]
        y = cv2.resize(y, (w, h), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC)
    low, high = limits or (y.min(), y.max())
    y = ((y - low) / (high - low)).clip(0, 1) * 255
    y = np.rint(255 - y if invert else y).astype(np.uint8).reshape(h, w, -1)
    Image.fromarray(y[..., 0] if y.shape[2] == 1 else y).save(OUT / f"{name}-{resolution}.png")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    # As large as it was trained, and three axes come out.
    network("depth_midas", [1, 3, 48, 64], 1, 1, squeeze=True)
    draw("depth_midas", 84, size=(64, 48), mean=(0.5,) * 3, std=(0.5,) * 3, limits=None)
    # Any size, several outputs of which the last counts, blue first; found by the program's own name of its file.
    network("table5_pidinet", [1, 3, "h", "w"], 1, 2, tail=["Sigmoid"], more=["side"])
    draw("table5_pidinet", 128, bgr=True)
    network("sk_model", ["n", 3, "h", "w"], 1, 3, tail=["Sigmoid"])
    draw("sk_model", 70, invert=True)
    network("normal_bae", [1, 3, "h", "w"], 4, 4, tail=["Tanh"])
    draw("normal_bae", 84, multiple=32, mean=IMAGENET[0], std=IMAGENET[1], limits=(-1, 1))
    # Nothing that is known: half precision, colours last, and notes beside it.
    network("wash", [1, "h", "w", 3], 3, 5, kind=TensorProto.FLOAT16, channels_last=True, more=["side"])
    notes = dict(white=255, mean=[0.1, 0.2, 0.3], std=2, bgr=True, multiple=8, range=[-100, 60], invert=True, output="drawn")
    (OUT / "wash.json").write_text(json.dumps(notes) + "\n")
    draw("wash", 84, multiple=8, white=255, mean=notes["mean"], std=(2,) * 3, bgr=True, limits=(-100, 60), invert=True,
         channels_last=True, dtype=np.float16)
    # Grey, in one size.
    network("manga", [1, 1, 96, 96], 1, 6, tail=["Sigmoid"])
    draw("manga", 64, size=(96, 96), grey=True)


if __name__ == "__main__":
    main()
