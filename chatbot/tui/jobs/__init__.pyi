from .evaluation import Evaluating as Evaluating
from .lab import LabTraining as LabTraining
from .training import Retraining as Retraining
