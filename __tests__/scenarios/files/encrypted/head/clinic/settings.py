-----BEGIN PGP MESSAGE-----

invented2
-----END PGP MESSAGE-----
