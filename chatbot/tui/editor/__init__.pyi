from .screen import EditScreen as EditScreen
