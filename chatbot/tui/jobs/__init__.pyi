from .evaluation import EvaluationProcess as EvaluationProcess
from .lab import LabProcess as LabProcess
from .running import Running as Running
from .training import TrainingProcess as TrainingProcess
