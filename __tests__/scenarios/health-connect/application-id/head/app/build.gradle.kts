android {
    defaultConfig {
        applicationId = "com.fabrikam.walks"
        targetSdk = 36
        versionCode = 7
    }
}
