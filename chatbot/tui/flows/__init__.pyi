from .ending import OrderlyApp as OrderlyApp
from .flows import Flows as Flows
from .offered import ALWAYS as ALWAYS
from .offered import offers_on as offers_on
from .teaching import Taught as Taught
