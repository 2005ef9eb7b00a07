LIVE = '7c0e4a52-3b1d-4f6e-9a88-51d2c7be0914'
THEME = 'a'
