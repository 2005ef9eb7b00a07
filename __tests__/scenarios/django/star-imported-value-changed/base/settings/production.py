from .base import *
HEALTHVAULT_SERVER = 'platform.healthvault.com'
HEALTHVAULT_SHELL_SERVER = 'account.healthvault.com'
