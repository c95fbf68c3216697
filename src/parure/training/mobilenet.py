"""MobileNetV2 1.0 without its classifier, in plain PyTorch, with parameter names of the timm layout.

Unusual: strided convolutions pad as TensorFlow does ("SAME": the odd pixel goes to the right and bottom), because
the ImageNet weights we start from were trained there; PyTorch's symmetric padding shifts every feature map.
`forward` gives the mean of the last feature map, 1280 numbers: the embedding.
"""
# mypy: disallow-subclassing-any=False
# (types are checked without torch installed, where its classes are Any)

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from parure.errors import ModelError

__all__ = ["STAGES", "Block", "MobileNetV2", "Stage", "load_weights"]

WIDTH = 1280

# (expansion of the width inside a block, channels out, blocks, stride of the first): table 2 of the MobileNetV2 paper.
Stage = tuple[int, int, int, int]
STAGES: tuple[Stage, ...] = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Zeros (before, after) one axis of `size` pixels, as TensorFlow's SAME places them."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


class SameConv(nn.Conv2d):
    """A 3x3 convolution, its SAME padding worked out from the size of its input."""

    def forward(self, input: Tensor) -> Tensor:
        (kernel_h, kernel_w), (stride_h, stride_w) = self.kernel_size, self.stride
        top, bottom = same_padding(int(input.shape[-2]), kernel_h, stride_h)
        left, right = same_padding(int(input.shape[-1]), kernel_w, stride_w)
        if (top, left) == (bottom, right):  # the convolution's own padding, without a padded copy of its input
            return functional.conv2d(input, self.weight, self.bias, self.stride, (top, left), groups=self.groups)
        return super().forward(functional.pad(input, (left, right, top, bottom)))


def _depthwise(channels: int, stride: int) -> SameConv:
    return SameConv(channels, channels, 3, stride, groups=channels, bias=False)


def _pointwise(channels_in: int, channels_out: int) -> nn.Conv2d:
    return nn.Conv2d(channels_in, channels_out, 1, bias=False)


class FirstBlock(nn.Module):
    """The one block without expansion: depthwise, then down to fewer channels."""

    def __init__(self, channels_in: int, channels_out: int, stride: int) -> None:
        super().__init__()
        self.conv_dw = _depthwise(channels_in, stride)
        self.bn1 = nn.BatchNorm2d(channels_in)
        self.conv_pw = _pointwise(channels_in, channels_out)
        self.bn2 = nn.BatchNorm2d(channels_out)

    def forward(self, x: Tensor) -> Tensor:
        x = functional.relu6(self.bn1(self.conv_dw(x)))
        narrowed: Tensor = self.bn2(self.conv_pw(x))
        return narrowed


class Block(nn.Module):
    """Widen, depthwise, narrow again without a non-linearity; the input is added where the shapes allow."""

    def __init__(self, channels_in: int, channels_out: int, stride: int, expansion: int) -> None:
        super().__init__()
        inner = channels_in * expansion
        self.residual = stride == 1 and channels_in == channels_out
        self.conv_pw = _pointwise(channels_in, inner)
        self.bn1 = nn.BatchNorm2d(inner)
        self.conv_dw = _depthwise(inner, stride)
        self.bn2 = nn.BatchNorm2d(inner)
        self.conv_pwl = _pointwise(inner, channels_out)
        self.bn3 = nn.BatchNorm2d(channels_out)

    def forward(self, x: Tensor) -> Tensor:
        y = functional.relu6(self.bn1(self.conv_pw(x)))
        y = functional.relu6(self.bn2(self.conv_dw(y)))
        y = self.bn3(self.conv_pwl(y))
        return x + y if self.residual else y


class MobileNetV2(nn.Module):
    """(n, 3, h, w) in -1..1, RGB -> (n, 1280)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv_stem = SameConv(3, 32, 3, 2, bias=False)
        self.bn1 = nn.BatchNorm2d(32)
        self.blocks = _stages(32)
        self.conv_head = _pointwise(STAGES[-1][1], WIDTH)
        self.bn2 = nn.BatchNorm2d(WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        x = functional.relu6(self.bn1(self.conv_stem(x)))
        x = functional.relu6(self.bn2(self.conv_head(self.blocks(x))))
        return x.mean((2, 3))


def _stages(channels: int) -> nn.Sequential:
    stages = []
    for expansion, channels_out, count, stride in STAGES:
        blocks: list[nn.Module] = []
        for index in range(count):
            step = stride if index == 0 else 1
            first = expansion == 1
            blocks.append(
                FirstBlock(channels, channels_out, step) if first else Block(channels, channels_out, step, expansion)
            )
            channels = channels_out
        stages.append(nn.Sequential(*blocks))
    return nn.Sequential(*stages)


def load_weights(path: Path) -> MobileNetV2:
    """The network with the weights of a timm-layout safetensors file, ready to run; a classifier in it is left out."""
    try:
        state: Mapping[str, Tensor] = load_file(path)
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{path} is not a readable safetensors file: {error}") from error
    model = MobileNetV2()
    kept = {name: value for name, value in state.items() if not name.startswith("classifier.")}
    # Counters of batches seen do not matter for a network that runs; some files lack them.
    missing, unexpected = model.load_state_dict(kept, strict=False)
    missing = [name for name in missing if not name.endswith("num_batches_tracked")]
    if missing or unexpected:
        raise ModelError(f"{path} is not a MobileNetV2 1.0: missing {missing[:3]}, not known {list(unexpected)[:3]}.")
    model.eval().requires_grad_(False)
    return model
