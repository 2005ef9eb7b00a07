var c = new HealthVaultConfiguration();
