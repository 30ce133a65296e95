from .job import train_lab as train_lab
