"""Procedural jewellery: exact geometry, path-traced pictures, labels known by construction.

The order of reading is the order of the work: `mesh` and `solids` (shapes), `outlines` and `cuts` (stones), `mounts`
and `chains` (what holds them), `families` (whole pieces), `materials`, `lighting`, `camera`, `shadow`, `tracer`,
`picture` (photographs), `shop` and `sample_shop` (the shop that ships with the package). Lengths are millimetres, z
points up, the floor is z = 0.

Needs the extra: `pip install "parure[render]"`. Importing this package does not load the renderer; `tracer` does.
"""
