"""How a command that takes long says how far it is."""


class ProgressMixin:
    """Gives a command ``report``, to be called with what is ``done`` after each step of at most ``STEP``."""

    UNIT, STEP = "steps", 50
    SAID_EACH = 1000

    def report(self, done, of):
        if done % self.SAID_EACH < self.STEP or done == of:
            self.stdout.write(f"{100 * done // max(1, of)} % ({done} of {of} {self.UNIT})")
            self.stdout.flush()
