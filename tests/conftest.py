"""Settings for all tests."""

from hypothesis import HealthCheck, settings

# Deadlines measure the machine, not the code.
settings.register_profile("parure", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("parure")
