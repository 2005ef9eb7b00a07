from healthvaultlib.healthvault import HealthVaultConn
APP_ID = "1b2c3d4e-1473-471d-940f-2699cb7198aa"
c = HealthVaultConn(app_id=APP_ID)
