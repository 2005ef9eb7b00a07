settings.setIsMRA(true);
