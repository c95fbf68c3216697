"""What may truly be said of a design, in the words of sellers and shoppers, and twins of it that are false.

The order of reading: `facts` (claims from a spec and its parts), `sizes`, `lexicon`, `phrases`, `wording` (texts),
`twins` (the same words bound otherwise), `claims` (of which designs a text is true).
"""
