"""What jewellery is worn on and shown on: hand and wrist, ear, neck; velvet bust, ring box, cone, bar, cloth, card.

Bodies are implicit: `flesh` unites tapered bones smoothly and lays a closed mesh over them, so that joints come out
round without modelling. Bodies stand or lie as `worn` needs them; lengths are millimetres.
"""
