"""What a drawn photograph shows of its piece: the crop around it, its parts, and the attributes it is enough to tell.

Training takes its targets from here and evaluation what is right, so that both mean the same by "cannot tell".
"""
