START = '/b'
