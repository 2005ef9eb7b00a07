let text = "b"
