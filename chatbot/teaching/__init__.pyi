from . import inbox as inbox
from .corrections import Correction as Correction
from .corrections import can_be_taught as can_be_taught
from .corrections import correct as correct
from .corrections import hold as hold
from .corrections import take_back as take_back
