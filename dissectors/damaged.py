"""What pycrate raises of octets that are not what they should be."""

from pycrate_core.utils import PycrateErr

# its own error where it looked for damage, what Python says where it did not
DAMAGED = (PycrateErr, RecursionError, LookupError, TypeError, ValueError, AttributeError)
