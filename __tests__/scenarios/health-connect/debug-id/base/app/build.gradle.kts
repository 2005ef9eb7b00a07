android {
    defaultConfig {
        applicationId = "com.fabrikam.steps"
        targetSdk = 36
    }
    buildTypes {
        release {
            isMinifyEnabled = true
        }
        getByName("debug") {
            isMinifyEnabled = false
        }
    }
}
