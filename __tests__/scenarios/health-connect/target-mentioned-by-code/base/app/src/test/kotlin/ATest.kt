@Config(sdk = [35])
class A
