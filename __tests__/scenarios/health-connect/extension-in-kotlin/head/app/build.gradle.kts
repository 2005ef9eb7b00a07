configure<ApplicationExtension> {
    defaultConfig {
        if (isOld) {
            targetSdk = 33
        } else {
            targetSdk = 36
        }
    }
}
