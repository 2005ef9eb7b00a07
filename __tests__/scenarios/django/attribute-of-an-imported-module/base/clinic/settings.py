from clinic import values
HEALTHVAULT_AUTHORIZE_REDIRECT = values.START
HEALTHVAULT_APP_ID = '7c0e4a52-3b1d-4f6e-9a88-51d2c7be0914'
HEALTHVAULT_SERVER = 'platform.healthvault.com'
HEALTHVAULT_SHELL_SERVER = 'account.healthvault.com'
