"""The words: attributes, their allowed values, sellers' spellings, and a parser from sentences to filters."""
