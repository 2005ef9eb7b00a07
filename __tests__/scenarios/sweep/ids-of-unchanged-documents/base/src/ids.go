package ids

var Known = []string{
}
