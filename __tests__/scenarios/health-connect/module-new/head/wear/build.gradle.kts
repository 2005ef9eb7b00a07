android {
    defaultConfig {
        applicationId = "com.fabrikam.watch"
        targetSdk = 36
        versionCode = 7
    }
}
