"""What goes wrong by a user's doing, told in one line."""


class UserError(Exception):
    """A mistake or a state that the user can mend.

    The message is one line that says what is wrong and what to do. Commands print it to standard error, without a
    traceback, and end with a non-zero status.
    """
