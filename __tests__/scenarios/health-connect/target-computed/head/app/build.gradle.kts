android {
    defaultConfig {
        applicationId = "com.fabrikam.steps"
        targetSdk = libs.versions.targetSdk.get().toInt()
        versionCode = 7
    }
}
