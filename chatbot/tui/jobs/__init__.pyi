from .evaluation import Evaluating as Evaluating
from .lab import LabTraining as LabTraining
from .running import Running as Running
from .training import Retraining as Retraining
