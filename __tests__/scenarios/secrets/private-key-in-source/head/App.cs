var c = new HealthVaultConfiguration();
var k = @"-----BEGIN RSA PRIVATE KEY-----
FAKEFAKEnotARealKeyFAKEFAKE
-----END RSA PRIVATE KEY-----
";
