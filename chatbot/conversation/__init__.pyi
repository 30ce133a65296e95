from . import history as history
from .bot import Chatbot as Chatbot
from .bot import Turn as Turn
from .bot import user_name as user_name
from .history import History as History
from .reader import Reader as Reader
from .reading import Reading as Reading
from .replies import Replier as Replier
