from .ending import OrderlyApp as OrderlyApp
from .flows import Flows as Flows
from .offered import ALWAYS as ALWAYS
from .offered import offered as offered
from .teaching import Taught as Taught
