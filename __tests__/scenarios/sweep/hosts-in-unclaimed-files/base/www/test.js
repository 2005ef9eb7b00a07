new HealthVault.Foundation.HealthVaultAppSettings("9ca84d74-1473-471d-940f-2699cb7198df", "https://platform.healthvault.com/platform/wildcat.ashx", true);
