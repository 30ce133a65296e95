from . import history as history
from .bot import Chatbot as Chatbot
from .bot import Turn as Turn
from .bot import user_name as user_name
from .history import History as History
from .reading import Reading as Reading
from .reading import speaks as speaks
from .replies import Replier as Replier
