from .choose import Choice as Choice
from .choose import ChooseScreen as ChooseScreen
from .confirm import ConfirmScreen as ConfirmScreen
from .confirm import ask as ask
from .page import PageScreen as PageScreen
from .pick import PickScreen as PickScreen
from .write import WriteScreen as WriteScreen
