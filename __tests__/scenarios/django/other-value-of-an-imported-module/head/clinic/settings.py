from .ids import LIVE as HEALTHVAULT_APP_ID
HEALTHVAULT_SERVER = 'platform.healthvault.com'
HEALTHVAULT_SHELL_SERVER = 'account.healthvault.com'
