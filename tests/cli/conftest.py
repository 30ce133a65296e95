"""The lab that the lab's own tests train, for the command that prints it."""

from tests.lab.conftest import lab as lab
from tests.lab.conftest import small_intents as small_intents
