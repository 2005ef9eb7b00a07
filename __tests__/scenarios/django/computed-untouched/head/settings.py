import json, os
INSTALLED_APPS = ['healthvaultapp', 'clinic']
LIMITS = json.loads('{}')
HEALTHVAULT_APP_ID = os.environ["HEALTHVAULT_APP_ID"]  # set by the host
HEALTHVAULT_SERVER = 'platform.healthvault.com'
HEALTHVAULT_SHELL_SERVER = 'account.healthvault.com'
