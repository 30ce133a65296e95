from .courses import EvaluationCourse as EvaluationCourse
from .courses import Point as Point
from .courses import TrainingCourse as TrainingCourse
from .keys import follow_keys as follow_keys
from .keys import key_of as key_of
from .keys import keys_of as keys_of
from .state import Session as Session
