package ids

var Known = []string{"9CA84D74-1473-471D-940F-2699CB7198DF"}
