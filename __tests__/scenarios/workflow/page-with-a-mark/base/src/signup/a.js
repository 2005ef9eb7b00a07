var host = "";
