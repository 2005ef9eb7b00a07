android {
    defaultConfig {
        applicationId = "com.fabrikam.steps"
        targetSdk = 36
        versionCode = 7
    }
}
