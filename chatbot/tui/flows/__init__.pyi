from .ending import OrderlyApp as OrderlyApp
from .flows import Flows as Flows
from .teaching import TakenBack as TakenBack
from .teaching import Taught as Taught
