android {
    defaultConfig {
        applicationId = "com.fabrikam.steps"
        targetSdk = 34
        versionCode = 7
    }
}
