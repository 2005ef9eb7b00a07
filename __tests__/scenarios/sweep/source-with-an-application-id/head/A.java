package com.microsoft.hsg.sample;
class A { void m(HealthVaultSettings settings) { settings.setAppId("1b2c3d4e-1473-471d-940f-2699cb7198aa"); } }
