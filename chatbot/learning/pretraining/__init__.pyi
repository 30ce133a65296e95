from . import teacher as teacher
from .distillation import Distillation as Distillation
from .distillation import Plan as Plan
from .distillation import Progress as Progress
from .lines import lines_of as lines_of
from .lines import read_corpus as read_corpus
