configure<ApplicationExtension> {
    defaultConfig {
        targetSdk = 36
    }
}
