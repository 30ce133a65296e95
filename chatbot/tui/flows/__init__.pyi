from .flows import Flows as Flows
from .teaching import TakenBack as TakenBack
from .teaching import Taught as Taught
from .with_conversations import AppWithConversations as AppWithConversations
