"""Whether one change of colour for the whole picture (light, white balance, saturation) explains all of its parts.

A copy that was recoloured changes everywhere by one rule; a variant in another metal changes at the metal and leaves
ground and stones alone. So where the ground is as it was, no rule is asked for: one could be found nearly always, that
turns silver into gold and takes back on the ground what it did there. Else the rule is fitted so that it serves most
pixels, within bounds past which a photographer would speak of another colour. What it leaves over is of two kinds.
Another hue, or a colour where there was none, counts in the smallest lump. Paling towards grey, or growing darker, is
also what watermarks, small files and soft edges do, so it counts in lumps that are wider than letters are.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure.curate.same_picture_opencv import opencv
from parure.curate.same_picture_overlay import Overlay

__all__ = ["recoloured_share"]

_OTHER_HUE, _SOFT_HUE = 12.0, 8.0  # levels of opponent colour that no rule explains, by pixel and by 5 x 5
_DARKER, _DARKER_WIDE = 110.0, 30.0  # levels of brightness: more than a watermark hides; more than an edit leaves over
_LETTERED = 0.02  # more agrees where one picture shows something than where either does: words were added
_PALEST, _AS_STRONG = 0.45, 0.85  # of its colour is left at least under a watermark; and in a soft edge
_LUMP, _WIDE_LUMP = np.ones((3, 3), np.uint8), np.ones((5, 5), np.uint8)  # pixels of the canvas
_GAMMAS, _SATURATIONS = np.geomspace(0.75, 1.35, 7).tolist(), np.geomspace(0.65, 1.55, 11).tolist()
_GAIN, _BRIGHTER = (0.8, 1.25), (0.55, 1.8)  # of the channels among each other, and of all
_MOVED, _MOVED_PART = 2.2, 0.15  # levels of mean opponent colour; the part of it
_PALE, _VARIES = 5.0, 100.0  # levels below which a colour is none; squared levels that count half
_LOST = 25.0  # levels
_STILL, _LEAST_GROUND = 1.5, 100.0  # mean levels by which a ground differs that is as it was; pixels that tell of one
_EARNED = 0.6  # levels that a rule has to win for each e-fold of its strength
_SAMPLE = 500  # pixels
_LUMINANCE = np.array([0.299, 0.587, 0.114], np.float32)
Floats = NDArray[Any]


def recoloured_share(laid: Overlay) -> float:
    """The share of the textured area that shows another colour; specks, lines and letters do not count.

    Of chains and prongs, which are lines, the colour of all that is textured tells: by how much of itself it has moved.
    """
    cv2 = opencv()
    first, second = (cv2.GaussianBlur(each, (3, 3), 1.0) for each in (laid.first, laid.second))
    share = _changed(first, second, laid)
    if share and _ground_changed(first, second, laid.both):  # recoloured as a whole?
        share = _changed(_explained(first, second, laid.both), second, laid)
    return share


def _ground_changed(first: Floats, second: Floats, both: NDArray[np.bool_]) -> bool:
    """Where there is none to be seen, it may have."""
    ground = _ground(_fine_texture(_bright(first)), _fine_texture(_bright(second)), both)
    levels = np.abs(first - second) @ np.full(3, 1 / 3, np.float32)
    return bool(ground.sum() < _LEAST_GROUND or (levels * ground).sum() > _STILL * ground.sum())


def _changed(first: Floats, second: Floats, laid: Overlay) -> float:
    lumps = _lumps(first, second, laid.both, lettered=laid.one_sided - laid.agreement > _LETTERED)
    share = float(lumps.sum() / max(1.0, float((laid.textured > 0.1).sum())))
    moved, part = _moved(first, second, laid.both)
    return max(share, part) if moved > _MOVED and part > _MOVED_PART else share


def _moved(first: Floats, second: Floats, both: NDArray[np.bool_]) -> tuple[float, float]:
    """By how many levels, and by what part of itself, the mean colour of what both show has moved against the ground's.

    Noise and edges that do not quite meet come to nothing in the mean; letters are in one of the two pictures only.
    """
    here, there = _fine_texture(_bright(first)), _fine_texture(_bright(second))
    shown = np.minimum(here, there) * both
    ground = _ground(here, there, both)
    ours, theirs = _opponent(first), _opponent(second)
    mean_ours, mean_theirs = _mean(ours, shown), _mean(theirs, shown)
    moved = float(np.linalg.norm(mean_theirs - mean_ours - _mean(theirs - ours, ground)))
    return moved, moved / max(_PALE, float(np.linalg.norm(mean_ours)), float(np.linalg.norm(mean_theirs)))


def _ground(here: Floats, there: Floats, both: NDArray[np.bool_]) -> Floats:
    """(h, w) 0 to 1: how even both textures leave a pixel."""
    return np.asarray((1 - np.maximum(here, there)) ** 4 * both)


def _fine_texture(bright: Floats) -> Floats:
    """0 to 1: how much 5 x 5 pixels vary."""
    cv2 = opencv()
    mean = cv2.blur(bright, (5, 5))
    variance = np.maximum(cv2.blur(bright * bright, (5, 5)) - mean * mean, 0)
    return np.asarray(variance / (variance + _VARIES))


def _mean(values: Floats, weights: Floats) -> Floats:
    """(2,) of (h, w, 2)."""
    weighed = weights.ravel() @ values.reshape(-1, values.shape[-1])
    return np.asarray(weighed / max(1e-6, float(weights.sum())))


def _lumps(first: Floats, second: Floats, both: NDArray[np.bool_], *, lettered: bool) -> NDArray[np.uint8]:
    """(h, w) 1 where a lump of pixels is of another colour; of `lettered` pictures light and dark tell nothing."""
    cv2 = opencv()
    fine = _hues(first, second)
    soft = _hues(cv2.blur(first, (5, 5)), cv2.blur(second, (5, 5)))
    inner = cv2.erode(both.astype(np.uint8), _WIDE_LUMP, borderValue=0) > 0
    darker = np.abs(_bright(first) - _bright(second))
    lumps = np.zeros(both.shape, np.uint8)
    for differs, lump in (
        ((_other_hue(*fine, _PALEST) > _OTHER_HUE) & both, _LUMP),
        ((_other_hue(*soft, _PALEST) > _SOFT_HUE) & inner, _LUMP),
        ((_other_hue(*soft, _AS_STRONG) > _SOFT_HUE) & inner, _WIDE_LUMP),
        ((darker > _DARKER) & both, _LUMP),
        ((darker > (_DARKER if lettered else _DARKER_WIDE)) & both, _WIDE_LUMP),
    ):
        lumps |= cv2.morphologyEx(differs.astype(np.uint8), cv2.MORPH_OPEN, lump)
    return lumps


def _explained(first: Floats, second: Floats, both: NDArray[np.bool_]) -> Floats:
    """The first picture recoloured as a whole so that as much as can be of it comes near the second.

    All rules are tried on a sample at once. What a rule leaves over are mean levels, where a part that is of another
    colour altogether counts no more than `_LOST`. A stronger rule has to explain more: of a gold ring on white a weaker
    saturation makes a ring of paler gold.
    """
    step = max(1, int(both.sum()) // _SAMPLE)
    ours, theirs = first[both][::step], second[both][::step]
    gammas, saturations = (np.ravel(each) for each in np.meshgrid(_GAMMAS, _SATURATIONS, indexing="ij"))
    tried = _rules(ours, gammas, saturations)
    gains = _gains(tried, theirs)
    strength = np.abs(np.log(saturations)) + 0.5 * np.abs(np.log(gammas))
    left_over = np.minimum(np.abs(np.clip(tried * gains[:, None], 0, 255) - theirs), _LOST).mean(axis=(1, 2))
    left_over += _EARNED * strength
    best = int(left_over.argmin())
    if float(np.minimum(np.abs(ours - theirs), _LOST).mean()) <= left_over[best]:
        return first
    return np.asarray(np.clip(_saturated(_toned(first, gammas[best]), saturations[best]) * gains[best], 0, 255))


def _bright(pixels: Floats) -> Floats:
    return np.asarray(pixels @ _LUMINANCE)


def _toned(pixels: Floats, gamma: float) -> Floats:
    return np.asarray(255 * (np.clip(pixels, 0, 255) / 255) ** gamma, np.float32)


def _saturated(pixels: Floats, saturation: float) -> Floats:
    grey = _bright(pixels)[..., None]
    return np.asarray(grey + (pixels - grey) * np.float32(saturation))


def _rules(pixels: Floats, gammas: Floats, saturations: Floats) -> Floats:
    """(r, n, 3): the (n, 3) pixels by each rule, without its gains."""
    toned = np.stack([_toned(pixels, gamma) for gamma in _GAMMAS])
    grey = _bright(toned)[..., None]
    strengths = np.asarray(_SATURATIONS, np.float32)[:, None, None]
    made = grey[:, None] + (toned - grey)[:, None] * strengths
    return np.asarray(made.reshape(len(gammas), *pixels.shape))


def _gains(tried: Floats, theirs: Floats) -> Floats:
    """(r, 3) by the median of each channel's ratios; near one another and near 1."""
    used = (tried > 30) & (theirs < 252)
    ratios = np.where(used, theirs / np.maximum(tried, 1), np.inf)
    ratios.sort(axis=1)
    many = used.sum(axis=1)[:, None]
    halves = (np.take_along_axis(ratios, np.maximum(many - each, 0) // 2, axis=1) for each in (0, 1))
    gains = np.where(many >= 50, sum(halves) / 2, 1.0)[:, 0]
    whole = np.exp(np.log(np.maximum(gains, 1e-3)).mean(axis=1, keepdims=True))
    return np.asarray(np.clip(gains / whole, *_GAIN) * np.clip(whole, *_BRIGHTER), np.float32)


def _opponent(pixels: Floats) -> Floats:
    """(..., 2): red against green, yellow against blue."""
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    return np.stack([red - green, (red + green) / 2 - blue], axis=-1)


def _hues(first: Floats, second: Floats) -> tuple[Floats, Floats, Floats]:
    """The opponent colours (h, w, 2) of both, and the levels (h, w) that one level of difference is worth.

    In the dark a level counts twice; where a channel is clipped the hue is lost, and it counts half.
    """
    lightest = np.maximum(first, second)
    doubt = np.clip(_bright(lightest) / 128, 0.5, 1.0)
    red, green, blue = lightest[..., 0], lightest[..., 1], lightest[..., 2]
    doubt = np.where(np.maximum(np.maximum(red, green), blue) >= 250, 2 * doubt, doubt)
    return _opponent(first), _opponent(second), doubt


def _other_hue(ours: Floats, theirs: Floats, doubt: Floats, palest: float) -> Floats:
    """Levels by which either colour would have to move to be a paler form of the other, `palest` at most."""
    moved = np.minimum(_from_paler(ours, theirs, palest), _from_paler(theirs, ours, palest))
    return np.asarray(np.sqrt(moved) / doubt)


def _from_paler(strong: Floats, pale: Floats, palest: float) -> Floats:
    """Squared distance of `pale` from the line between `strong` and the share `palest` of it."""
    (red, blue), (pale_red, pale_blue) = ((each[..., 0], each[..., 1]) for each in (strong, pale))
    strength = np.maximum(red * red + blue * blue, 1e-3)
    share = np.clip((red * pale_red + blue * pale_blue) / strength, palest, 1.0)
    return np.asarray((pale_red - share * red) ** 2 + (pale_blue - share * blue) ** 2)
