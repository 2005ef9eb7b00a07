android {
    defaultConfig {
        applicationId = "com.fabrikam.steps"
        targetSdk = 36
    }
    productFlavors {
        create("lite") {
            dimension = "size"
        }
    }
}
