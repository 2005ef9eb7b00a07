settings.setIsMRA(false);
