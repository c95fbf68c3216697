"""Data sets of drawn designs: pictures, a class and an instance for every pixel, and what each picture shows.

`shoot` takes the pictures of one design, `store` is how they lie on disk, `run` makes many on all cores and goes on
where it was stopped, `index` and `coco` write what other programs read, `sheet` and `preview` what people look at,
`benchmark` the set that methods are measured on.
"""
