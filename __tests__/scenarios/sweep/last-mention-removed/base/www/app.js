const shell = "https://account.healthvault.com";
run();
