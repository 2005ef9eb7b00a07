var host = "platform.healthvault.com";
