"""The Django project: catalogue, storefront, API, accounts and the worker. Only the command line imports it."""
