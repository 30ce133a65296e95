from .flows import Flows as Flows
from .teaching import Taught as Taught
