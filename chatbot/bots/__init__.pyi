from . import recent as recent
from .making import BotExistsError as BotExistsError
from .making import MadeBot as MadeBot
from .making import free_name as free_name
from .making import make_at as make_at
from .making import make_bot as make_bot
from .recent import Recent as Recent
from .template import template_text as template_text
