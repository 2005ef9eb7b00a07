var c = new HealthVaultConfiguration();
var ok = text.StartsWith("-----BEGIN RSA PRIVATE KEY-----");
