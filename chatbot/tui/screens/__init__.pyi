from .evaluate import EvaluateScreen as EvaluateScreen
from .inbox import InboxScreen as InboxScreen
from .train import TrainScreen as TrainScreen
