# coding: latin-1
# déjà
HEALTHVAULT_APP_ID = "9ca84d74-1473-471d-940f-2699cb7198df"
