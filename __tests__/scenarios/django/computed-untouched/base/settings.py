import os
INSTALLED_APPS = ['healthvaultapp']
HEALTHVAULT_APP_ID = os.environ['HEALTHVAULT_APP_ID']
HEALTHVAULT_SERVER = 'platform.healthvault.com'
HEALTHVAULT_SHELL_SERVER = 'account.healthvault.com'
