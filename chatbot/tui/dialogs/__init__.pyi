from .asking import is_asking as is_asking
from .asking import start_asking as start_asking
from .choose import Choice as Choice
from .choose import ChooseScreen as ChooseScreen
from .confirm import ask as ask
from .page import PageScreen as PageScreen
from .pick import PickScreen as PickScreen
from .write import WriteScreen as WriteScreen
