from .clipboard import Clipboard as Clipboard
from .evaluation import EvaluationProcess as EvaluationProcess
from .external import edit_outside as edit_outside
from .lab import LabProcess as LabProcess
from .running import Running as Running
from .training import TrainingProcess as TrainingProcess
