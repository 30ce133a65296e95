from .figures import EXAMPLE as EXAMPLE
from .figures import TourFigures as TourFigures
from .figures import figures_of as figures_of
from .texts import Page as Page
from .texts import pages as pages
