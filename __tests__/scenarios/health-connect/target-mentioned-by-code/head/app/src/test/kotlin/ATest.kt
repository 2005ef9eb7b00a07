@Config(targetSdk = 36)
class A
