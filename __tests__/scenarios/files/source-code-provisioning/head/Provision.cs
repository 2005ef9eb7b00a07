Provisioner.AddApplication(connection, configuration);
