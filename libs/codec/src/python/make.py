"""Writes the *.bin files of this folder: pip install msgpack numbin==0.5.1 numpy, then python make.py."""

from pathlib import Path

import msgpack
import numpy as np
from numbin import dumps
from numbin.msg_ext import dumps as dump_message

HERE = Path(__file__).parent
DTYPES = (
    "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 "
    "float16 float32 float64 float128 complex64 complex128 complex256"
)


def write(name, data):
    (HERE / f"{name}.bin").write_bytes(data)


for dtype in DTYPES.split():
    write(dtype, dumps(np.array([[0, 1, 2], [3, 4, 5]]).astype(dtype)))
write("scalar", dumps(np.array(2.5)))
write("empty", dumps(np.zeros((0, 3), dtype="float32")))
write("large-dimension", dumps(np.zeros((65535, 0), dtype="uint8")))
write("message", dump_message({"id": 7, "image": np.arange(6, dtype="float32").reshape(2, 3)}))
write(
    "msgpack",
    msgpack.packb(
        {
            "text": "é🙂",
            "small": -1,
            "large": 2**40,
            "huge": 2**63,
            "float": 0.5,
            "nil": None,
            "list": [True, False, {"a": b"\x00\xff"}],
            "long": "x" * 300,
        }
    ),
)
