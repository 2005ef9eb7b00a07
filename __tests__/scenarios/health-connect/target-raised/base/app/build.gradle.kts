android {
    defaultConfig {
        applicationId = "com.fabrikam.steps"
        targetSdk = 35
        versionCode = 7
    }
}
