var limit = 4;
