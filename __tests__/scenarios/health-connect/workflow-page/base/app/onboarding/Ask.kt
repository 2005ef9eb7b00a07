val text = "a"
