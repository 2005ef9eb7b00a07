val text = "b"
