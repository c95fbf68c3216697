"""YOLOX-nano in plain PyTorch: a CSP Darknet of depthwise convolutions, a path aggregation network, a decoupled head.

Unusual: the weights we start from come out of an ONNX file in which batch norm is folded into the convolutions, which
leaves layers whose weights differ a thousandfold in size and cannot be trained at one rate. `settle` unfolds it: it
measures each layer on some pictures and gives it the batch norm that changes nothing. Export folds it again.
Parts are declared in the order in which they run, because that is the order of the convolutions in the file.
"""
# mypy: disallow-subclassing-any=False
# (types are checked without torch installed, where its classes are Any)

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

__all__ = [
    "COCO_CLASSES",
    "STRIDES",
    "YoloxNano",
    "of_blocks",
    "of_pixels",
    "probabilities",
    "settle",
]

STRIDES = (8, 16, 32)
COCO_CLASSES = 80

_BASE = 16  # channels of the stem: 64 x the nano's width of .25
_HEAD = 64  # channels of the head: 256 x .25
_EPS = 1e-3  # of the batch norm
_FOLDED = ((0, 0), (1, 0), (0, 1), (1, 1))  # row and column of a 2x2 block, in the order of the channels
_PRIOR = 0.01  # share of cells that hold something, before anything is learned


class Conv(nn.Module):
    """Convolution, batch norm, SiLU. Before `settle` the norm only adds what the file calls the bias."""

    def __init__(self, channels_in: int, channels_out: int, kernel: int, stride: int = 1, *, groups: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels_in, channels_out, kernel, stride, (kernel - 1) // 2, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(channels_out, eps=_EPS, momentum=0.03)
        nn.init.constant_(self.norm.weight, (1 + _EPS) ** 0.5)

    def forward(self, maps: Tensor) -> Tensor:
        return functional.silu(self.norm(self.conv(maps)))


class Separable(nn.Module):
    """3x3 depthwise, then 1x1."""

    def __init__(self, channels_in: int, channels_out: int, stride: int = 1) -> None:
        super().__init__()
        self.depthwise = Conv(channels_in, channels_in, 3, stride, groups=channels_in)
        self.pointwise = Conv(channels_in, channels_out, 1)

    def forward(self, maps: Tensor) -> Tensor:
        return self.pointwise(self.depthwise(maps))


class Bottleneck(nn.Module):
    def __init__(self, channels: int, *, shortcut: bool) -> None:
        super().__init__()
        self.narrow = Conv(channels, channels, 1)
        self.wide = Separable(channels, channels)
        self.shortcut = shortcut

    def forward(self, maps: Tensor) -> Tensor:
        inner = self.wide(self.narrow(maps))
        return inner + maps if self.shortcut else inner


class CrossStage(nn.Module):
    """Half of the channels through bottlenecks, half past them."""

    def __init__(self, channels_in: int, channels_out: int, count: int = 1, *, shortcut: bool = False) -> None:
        super().__init__()
        half = channels_out // 2
        self.through = Conv(channels_in, half, 1)
        self.past = Conv(channels_in, half, 1)
        self.bottlenecks = nn.Sequential(*(Bottleneck(half, shortcut=shortcut) for _ in range(count)))
        self.join = Conv(2 * half, channels_out, 1)

    def forward(self, maps: Tensor) -> Tensor:
        return self.join(torch.cat([self.bottlenecks(self.through(maps)), self.past(maps)], 1))


class Pooled(nn.Module):
    """Maxima over three sizes of neighbourhood beside the map itself."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.narrow = Conv(channels, channels // 2, 1)
        self.join = Conv(channels * 2, channels, 1)

    def forward(self, maps: Tensor) -> Tensor:
        maps = self.narrow(maps)
        return self.join(torch.cat([maps, *(functional.max_pool2d(maps, k, 1, k // 2) for k in (5, 9, 13))], 1))


class Backbone(nn.Module):
    """Pictures (n, 3, side, side) -> maps of 64, 128 and 256 channels at strides 8, 16 and 32."""

    def __init__(self) -> None:
        super().__init__()
        width = _BASE
        self.fold: nn.Module = Folded()
        self.stem = Conv(12, width, 3)
        self.stage2 = nn.Sequential(Separable(width, 2 * width, 2), CrossStage(2 * width, 2 * width, shortcut=True))
        self.stage3 = nn.Sequential(
            Separable(2 * width, 4 * width, 2), CrossStage(4 * width, 4 * width, 3, shortcut=True)
        )
        self.stage4 = nn.Sequential(
            Separable(4 * width, 8 * width, 2), CrossStage(8 * width, 8 * width, 3, shortcut=True)
        )
        self.stage5 = nn.Sequential(
            Separable(8 * width, 16 * width, 2), Pooled(16 * width), CrossStage(16 * width, 16 * width)
        )

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        fine = self.stage3(self.stage2(self.stem(self.fold(pictures))))
        middle = self.stage4(fine)
        return fine, middle, self.stage5(middle)


class Folded(nn.Module):
    """(n, 3, h, w) to (n, 12, h / 2, w / 2): the four pixels of each 2x2 block, column by column."""

    def forward(self, pictures: Tensor) -> Tensor:
        return torch.cat([pictures[..., down::2, across::2] for down, across in _FOLDED], 1)


def of_pixels(weight: Tensor) -> Tensor:
    """The weight (c, 3, 6, 6) of pixels, in steps of 2, that sums what (c, 12, 3, 3) of folded ones does."""
    whole = weight.new_zeros(len(weight), weight.shape[1] // 4, 6, 6)
    for channels, (down, across) in zip(weight.chunk(4, 1), _FOLDED, strict=True):
        whole[:, :, down::2, across::2] = channels
    return whole


def of_blocks(weight: Tensor) -> Tensor:
    """What `of_pixels` was given."""
    return torch.cat([weight[:, :, down::2, across::2] for down, across in _FOLDED], 1)


class Neck(nn.Module):
    """What the coarse maps know is carried down to the fine ones, and back up."""

    def __init__(self) -> None:
        super().__init__()
        fine, middle, coarse = 4 * _BASE, 8 * _BASE, 16 * _BASE
        self.lateral = Conv(coarse, middle, 1)
        self.down_middle = CrossStage(2 * middle, middle)
        self.reduce = Conv(middle, fine, 1)
        self.down_fine = CrossStage(2 * fine, fine)
        self.up_middle = Separable(fine, fine, 2)
        self.middle = CrossStage(2 * fine, middle)
        self.up_coarse = Separable(middle, middle, 2)
        self.coarse = CrossStage(2 * middle, coarse)

    def forward(self, maps: tuple[Tensor, Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        fine, middle, coarse = maps
        top = self.lateral(coarse)
        across = self.reduce(self.down_middle(torch.cat([_doubled(top), middle], 1)))
        first = self.down_fine(torch.cat([_doubled(across), fine], 1))
        second = self.middle(torch.cat([self.up_middle(first), across], 1))
        return first, second, self.coarse(torch.cat([self.up_coarse(second), top], 1))


def _doubled(maps: Tensor) -> Tensor:
    return functional.interpolate(maps, scale_factor=2.0, mode="nearest")


class LevelHead(nn.Module):
    """One map to (n, cells, 5 + classes): box, then logits of "a piece" and of each class."""

    def __init__(self, channels: int, classes: int) -> None:
        super().__init__()
        self.stem = Conv(channels, _HEAD, 1)
        self.class_convs = nn.Sequential(Separable(_HEAD, _HEAD), Separable(_HEAD, _HEAD))
        self.class_logits = nn.Conv2d(_HEAD, classes, 1)
        self.box_convs = nn.Sequential(Separable(_HEAD, _HEAD), Separable(_HEAD, _HEAD))
        self.box = nn.Conv2d(_HEAD, 4, 1)
        self.piece_logit = nn.Conv2d(_HEAD, 1, 1)

    def forward(self, maps: Tensor) -> Tensor:
        maps = self.stem(maps)
        boxes = self.box_convs(maps)
        rows = torch.cat([self.box(boxes), self.piece_logit(boxes), self.class_logits(self.class_convs(maps))], 1)
        return rows.flatten(2).transpose(1, 2)

    def renew(self, classes: int) -> None:
        """New classes, rare at first; what makes a thing a thing is kept."""
        self.class_logits = nn.Conv2d(_HEAD, classes, 1)
        nn.init.normal_(self.class_logits.weight, std=0.01)
        nn.init.constant_(self.class_logits.bias, -math.log((1 - _PRIOR) / _PRIOR))


class YoloxNano(nn.Module):
    """Pictures (n, 3, side, side), BGR 0..255 -> (n, cells, 5 + classes) logits; side a multiple of 32.

    `probabilities` turns them into what the ONNX file gives: boxes as they are, the rest through a sigmoid.
    """

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.backbone = Backbone()
        self.neck = Neck()
        self.heads = nn.ModuleList([LevelHead(channels * _BASE, classes) for channels in (4, 8, 16)])

    def forward(self, pictures: Tensor) -> Tensor:
        maps = self.neck(self.backbone(pictures))
        return torch.cat([head(level) for head, level in zip(self.heads, maps, strict=True)], 1)

    def renew(self, classes: int) -> None:
        for head in self.heads:
            head.renew(classes)


def probabilities(logits: Tensor) -> Tensor:
    return torch.cat([logits[..., :4], logits[..., 4:].sigmoid()], -1)


def settle(network: YoloxNano, pictures: Tensor) -> None:
    """Give every norm the mean and spread that `pictures` (n, 3, side, side) have there, and take them back by its
    weight and bias: what the network says stays the same."""
    norms = {part.conv: part.norm for part in network.modules() if isinstance(part, Conv)}

    def measure(layer: nn.Module, _: object, output: Tensor) -> None:
        norm = norms[layer]
        mean, spread = output.mean((0, 2, 3)), output.var((0, 2, 3), unbiased=False)
        gain = norm.weight / (norm.running_var + _EPS).sqrt()
        norm.bias += gain * (mean - norm.running_mean)
        norm.weight.copy_(gain * (spread + _EPS).sqrt())
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(spread)

    hooks = [layer.register_forward_hook(measure) for layer in norms]
    with torch.no_grad():
        network.eval()(pictures)
    for hook in hooks:
        hook.remove()
