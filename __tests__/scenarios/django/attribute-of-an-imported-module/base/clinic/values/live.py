START = '/a'
