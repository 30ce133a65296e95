from .command_palette import Commands as Commands
from .flows import Flows as Flows
from .offered import ALWAYS as ALWAYS
from .offered import offers_on as offers_on
from .teaching import TakenBack as TakenBack
from .teaching import Taught as Taught
from .with_conversations import AppWithConversations as AppWithConversations
