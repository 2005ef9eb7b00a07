package ids

var Known = []string{
	"9ca84d74-1473-471d-940f-2699cb7198df",
	"6f9619ff-8b86-d011-b42d-00cf4fc964ff",
}
