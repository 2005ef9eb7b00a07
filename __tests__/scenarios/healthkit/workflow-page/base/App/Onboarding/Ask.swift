let text = "a"
