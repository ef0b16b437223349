"""How the tests on invented texts run: on a busy machine as on an idle one."""

from hypothesis import HealthCheck, settings

settings.register_profile("newsroom", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("newsroom")
