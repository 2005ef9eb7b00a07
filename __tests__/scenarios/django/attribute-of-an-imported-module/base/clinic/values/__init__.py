from .live import START
