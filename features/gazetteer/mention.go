package gazetteer

// Mention is one place of a document where a country (or bloc) is named by any
// of its names.
type Mention struct {
	Country     string // ISO 3166-1 alpha-3, or EU, NATO, UN, G7
	Start, End  int    // bytes of Document.Text
	First, Last int    // tokens [First, Last)
	Sentence    int    // index into Document.Sentences
	Form        Form
}

// Form says by which kind of name a mention speaks of its country.
type Form uint8

// The forms a country can be named by.
const (
	FormName        Form = iota // Ukraine, United States, US
	FormAdjective               // Ukrainian, Chinese (as adjective or demonym)
	FormCapital                 // Kyiv, Beijing: city and government alike
	FormSeat                    // the Kremlin, White House, Foreign Office: the government only
	FormLeader                  // head of state or government, by name
	FormMinister                // minister or spokesperson, by name
	FormInstitution             // Bundestag, Pentagon, People's Liberation Army
	FormPlace                   // a region or city that is no seat of government
	FormPronoun                 // he, she, it, where it stands for one of the above
)

func (f Form) String() string {
	return [...]string{"name", "adjective", "capital", "seat", "leader", "minister", "institution",
		"place", "pronoun"}[f]
}

// IsBloc reports whether a code stands for a group of states.
func IsBloc(code string) bool {
	switch code {
	case "EU", "NATO", "UN", "G7":
		return true
	}
	return false
}
