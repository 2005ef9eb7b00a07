-----BEGIN PGP MESSAGE-----

invented1
-----END PGP MESSAGE-----
