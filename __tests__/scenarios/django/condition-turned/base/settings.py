DEBUG = False
if DEBUG:
    HEALTHVAULT_APP_ID = '7c0e4a52-3b1d-4f6e-9a88-51d2c7be0914'
else:
    HEALTHVAULT_APP_ID = 'e5b1f0a3-86d4-4c27-b9f1-0d3a6c92e748'
HEALTHVAULT_SERVER = 'platform.healthvault.com'
HEALTHVAULT_SHELL_SERVER = 'account.healthvault.com'
