from .nlpjs import NLPJS_ENTITY as NLPJS_ENTITY
from .rasa import FALLBACK_RESPONSES as FALLBACK_RESPONSES
from .rasa_yaml import STRIPPED as STRIPPED
from .tables import HEADER as HEADER
