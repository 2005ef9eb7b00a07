android {
    defaultConfig {
        applicationId = "com.fabrikam.steps"
        targetSdk = 36
    }
    buildTypes {
        release {
            isMinifyEnabled = true
            applicationIdSuffix = ".steps"
        }
        getByName("debug") {
            isMinifyEnabled = false
            applicationIdSuffix = ".debug"
        }
    }
}
