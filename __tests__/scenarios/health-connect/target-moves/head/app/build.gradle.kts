android {
    defaultConfig {
        applicationId = "com.fabrikam.steps"
        targetSdk = 34
    }
}
