from .command import command_line as command_line
from .server import serve as serve
