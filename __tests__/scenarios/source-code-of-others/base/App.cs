var limit = 3;
