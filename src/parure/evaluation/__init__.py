"""Metrics and reports: how good is retrieval, measured through the product's own code path."""
