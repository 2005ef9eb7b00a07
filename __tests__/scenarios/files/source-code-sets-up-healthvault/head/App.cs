var c = new ClientHealthVaultConfiguration { MasterApplicationId = Guid.Parse("e5b1f0a3-86d4-4c27-b9f1-0d3a6c92e748") };
