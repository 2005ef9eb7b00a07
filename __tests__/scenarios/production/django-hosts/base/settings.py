HEALTHVAULT_APP_ID = 'e5b1f0a3-86d4-4c27-b9f1-0d3a6c92e748'
HEALTHVAULT_SERVER = 'platform.healthvault-ppe.com'
HEALTHVAULT_SHELL_SERVER = 'account.healthvault-ppe.com'
