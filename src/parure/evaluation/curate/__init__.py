"""Archive clean-up measured on made archives: what was done to each file is known, so every answer can be checked."""
