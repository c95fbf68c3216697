"""The reader: one pass over a cropped piece gives features to compare, attributes, a part mask and two part vectors.

Unusual: batch norm is folded into the convolutions before training, since our weights come with statistics that mean
nothing; and heads about stones see the features under the stone mask, since a stone is often a hundredth of the crop.
"""
# mypy: disallow-subclassing-any=False
# (types are checked without torch installed, where its classes are Any)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

from parure.regions import PartClass
from parure.training.mobilenet import WIDTH, MobileNetV2
from parure.vision.colour import COLOUR_BINS

__all__ = [
    "PART_FEATURES",
    "PART_MASKS",
    "Below",
    "Maps",
    "ReadCrop",
    "Reader",
    "fold_batch_norm",
    "joined_features",
    "texture_of",
]

FINE, MIDDLE, COARSE = 32, 96, 320  # channels of the maps at strides 8, 16 and 32
PART_FEATURES = FINE + MIDDLE + COARSE
_TAPS = (2, 4, 6)  # the stages that give them
_DECODER = 64
_GAIN = 16.0  # rows of length 1 over 1280 numbers are too faint for a layer drawn in the usual way

# In the order of `vision.analysis.PART_VECTORS`: the mount, and what it holds.
PART_MASKS = (
    (PartClass.METAL, PartClass.SETTING),
    (PartClass.CENTRE_STONE, PartClass.SIDE_STONE, PartClass.PEARL),
)


@dataclass(frozen=True, eq=False)
class ReadCrop:
    """`pooled` (n, 1280) of length 1, `texture` (n, 64), `attributes` one (n, classes) each, `parts` (n, 9, side / 8,
    side / 8) logits, `part_features` one (n, 448) for each of `PART_MASKS`."""

    pooled: Tensor
    texture: Tensor
    attributes: tuple[Tensor, ...]
    parts: Tensor
    part_features: tuple[Tensor, ...]


@dataclass(frozen=True, eq=False)
class Maps:
    """What the backbone gives: maps (n, 32 | 96 | 320, h, w) at strides 8, 16 and 32, and `pooled` (n, 1280)."""

    fine: Tensor
    middle: Tensor
    coarse: Tensor
    pooled: Tensor


@dataclass(frozen=True, eq=False)
class Below:
    """What the frozen stages give: the map `x` for the next one, and the taps (n, c, h, w) passed on the way."""

    x: Tensor
    taps: tuple[Tensor, ...]


class Reader(nn.Module):
    """Pixels (n, 3, side, side) in -1..1 and colours (n, 216) -> `ReadCrop`.

    The first 7 - `tuned_stages` stages (and the stem unless all are tuned) never get gradients.
    """

    def __init__(
        self,
        backbone: MobileNetV2,
        classes: Sequence[int],
        *,
        hidden: int,
        pooling: str = "mean",
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        self.backbone = backbone
        self.decoder = PartDecoder()
        self.shared = nn.Linear(WIDTH + COLOUR_BINS + 2 * PART_FEATURES, hidden)
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleList([nn.Linear(hidden, count) for count in classes])
        self.pooling = pooling
        self.tuned_stages = 0

    def tune(self, stages: int) -> None:
        """Let the last `stages` of seven learn, with the convolution above them; 0 freezes the backbone."""
        self.tuned_stages = stages
        self.backbone.requires_grad_(stages == 7)
        for part in (*self.backbone.blocks[7 - stages :], *([self.backbone.conv_head] if stages else [])):
            part.requires_grad_(True)

    def forward(self, pixels: Tensor, colour: Tensor) -> ReadCrop:
        return self.read(self.look(pixels), colour)

    def look(self, pixels: Tensor) -> Maps:
        """The backbone alone; the frozen lower part runs without keeping anything for gradients."""
        return self.above(self.below(pixels))

    def below(self, pixels: Tensor) -> Below:
        """What the stages see that never learn: the same for this reader and for the network it began with."""
        taps: list[Tensor] = []
        if self.tuned_stages == 7:
            return Below(pixels, ())
        with torch.no_grad():
            x = self._stem(pixels)
            for number, stage in enumerate(self.backbone.blocks[: 7 - self.tuned_stages]):
                x = stage(x)
                if number in _TAPS:
                    taps.append(x)
        return Below(x, tuple(taps))

    def above(self, below: Below) -> Maps:
        """The stages that learn, on what `below` saw."""
        x, taps, first = below.x, list(below.taps), 7 - self.tuned_stages
        if self.tuned_stages == 7:
            x = self._stem(x)
        for number, stage in enumerate(self.backbone.blocks[first:], start=first):
            x = stage(x)
            if number in _TAPS:
                taps.append(x)
        top = functional.relu6(self.backbone.bn2(self.backbone.conv_head(x)))
        fine, middle, coarse = (tap.float() for tap in taps)
        return Maps(fine, middle, coarse, functional.normalize(_pooled(top.float(), self.pooling), dim=1))

    def _stem(self, pixels: Tensor) -> Tensor:
        return functional.relu6(self.backbone.bn1(self.backbone.conv_stem(pixels)))

    def read(self, maps: Maps, colour: Tensor) -> ReadCrop:
        """Everything above the backbone."""
        parts = self.decoder(maps.fine, maps.middle, maps.coarse)
        shares = parts.detach().softmax(dim=1)
        part_features = tuple(_under(maps, shares[:, list(mask)].sum(1, keepdim=True)) for mask in PART_MASKS)
        seen = torch.cat([maps.pooled, colour, *part_features], dim=1) * _GAIN
        shared = self.dropout(functional.relu(self.shared(seen)))
        return ReadCrop(maps.pooled, texture_of(maps), tuple(head(shared) for head in self.heads), parts, part_features)


class PartDecoder(nn.Module):
    """Maps at strides 8, 16 and 32 to the logits of nine classes at stride 8."""

    def __init__(self) -> None:
        super().__init__()
        self.fine = nn.Conv2d(FINE, _DECODER, 1)
        self.middle = nn.Conv2d(MIDDLE, _DECODER, 1)
        self.coarse = nn.Conv2d(COARSE, _DECODER, 1)
        self.mix_middle = _mixing()
        self.mix_fine = _mixing()
        self.out = nn.Conv2d(_DECODER, len(PartClass), 1)

    def forward(self, fine: Tensor, middle: Tensor, coarse: Tensor) -> Tensor:
        x = self.mix_middle(self.middle(middle) + _doubled(self.coarse(coarse)))
        x = self.mix_fine(self.fine(fine) + _doubled(x))
        logits: Tensor = self.out(x)
        return logits


def _mixing() -> nn.Sequential:
    """Two rounds of a look at the neighbours and a mix of channels."""
    layers: list[nn.Module] = [nn.ReLU()]
    for _ in range(2):
        layers += [nn.Conv2d(_DECODER, _DECODER, 3, padding=1, groups=_DECODER), nn.Conv2d(_DECODER, _DECODER, 1)]
        layers.append(nn.ReLU())
    return nn.Sequential(*layers)


def _doubled(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


def _pooled(top: Tensor, pooling: str) -> Tensor:
    """Mean, or generalised mean of power 3, which listens more to where a feature is strong."""
    return top.mean((2, 3)) if pooling == "mean" else (top.clamp(min=1e-6) ** 3).mean((2, 3)) ** (1 / 3)


def _under(maps: Maps, share: Tensor) -> Tensor:
    """(n, 448): mean of each map where the mask (n, 1, side / 8, side / 8) is, each of length 1."""
    rows = []
    for map_, step in ((maps.fine, 1), (maps.middle, 2), (maps.coarse, 4)):
        weight = functional.avg_pool2d(share, step)
        mean = (map_ * weight).sum((2, 3)) / (weight.sum((2, 3)) + 1e-4)
        rows.append(functional.normalize(mean, dim=1))
    return torch.cat(rows, dim=1)


def texture_of(maps: Maps) -> Tensor:
    """(n, 64): mean and spread of each channel of the finest map, how edges and grains are spread over the picture.

    What the top forgets on the way to what a thing is, and what tells two rings of one kind apart.
    """
    mean = maps.fine.mean((2, 3), keepdim=True)
    spread = ((maps.fine - mean) ** 2).mean((2, 3)).clamp(min=1e-12) ** 0.5
    return torch.cat([mean.flatten(1), spread], dim=1)


def joined_features(
    pooled: Tensor,
    colour: Tensor,
    colour_weight: float,
    *,
    texture: Tensor | None = None,
    texture_weight: float = 0.0,
    parts: Sequence[Tensor] = (),
    parts_weight: float = 0.0,
) -> Tensor:
    """(n, 1496), with a standardised texture 64 more, with `parts` 448 more for each of them; rows of length 1.

    A product of two rows is their similarity, the shares of colour, texture and parts weighed.
    """
    rows = [pooled, colour * colour_weight**0.5]
    if texture is not None:
        rows.append(functional.normalize(texture, dim=1) * texture_weight**0.5)
    rows += [functional.normalize(part, dim=1) * (parts_weight / len(parts)) ** 0.5 for part in parts]
    return functional.normalize(torch.cat(rows, dim=1), dim=1)


def fold_batch_norm(model: MobileNetV2) -> MobileNetV2:
    """The same network with each batch norm taken into the convolution before it, which gets a bias. In place."""
    model.eval()
    for module in model.modules():
        for conv, norm in _PAIRS.get(type(module).__name__, ()):
            setattr(module, conv, fuse_conv_bn_eval(getattr(module, conv), getattr(module, norm)))
            setattr(module, norm, nn.Identity())
    return model


_PAIRS = {
    "MobileNetV2": (("conv_stem", "bn1"), ("conv_head", "bn2")),
    "FirstBlock": (("conv_dw", "bn1"), ("conv_pw", "bn2")),
    "Block": (("conv_pw", "bn1"), ("conv_dw", "bn2"), ("conv_pwl", "bn3")),
}
