package simulator

import (
	"fmt"

	"purser/backend/core"
)

// group is a product group: it shares a season, a portfolio and two campaigns per marketplace.
type group int

const (
	hydration group = iota
	kitchen
	storage
	bath
	garden
	camping
	home
	pets
)

// groupNames gives each group's name in English and in German.
func groupNames() [8][2]string {
	return [8][2]string{
		{"Hydration", "Trinkflaschen"},
		{"Kitchen", "Küche"},
		{"Storage", "Aufbewahrung"},
		{"Bath", "Bad"},
		{"Garden", "Garten"},
		{"Camping", "Camping"},
		{"Home", "Wohnen"},
		{"Pets", "Haustier"},
	}
}

// product is one thing Harbour Goods sells. Prices and costs are US cents; the
// German figures are derived from them.
type product struct {
	no      int
	group   group
	title   string
	titleDE string // "": not sold in Germany
	keyword string // what people type to find it
	keyDE   string
	price   int64
	cost    int64 // landed
	base    float64
	baseDE  float64
	lead    int // days from order to sellable
	fbm     bool
	sku     core.SKU
	asin    core.ASIN
	fnsku   string
	noCost  bool // the seller has not entered the cost
}

// catalogue lists the 60 products. The demo's figures are invented; they are chosen so that a
// healthy seller of household goods comes out, with margins of 25 to 40 % before advertising.
func catalogue() []product {
	return []product{
		{no: 3, group: kitchen, title: "Silicone spatula set, 5 pieces", titleDE: "Silikon-Teigschaber-Set, 5-teilig", keyword: "silicone spatula set", keyDE: "teigschaber silikon", price: 1699, cost: 410, base: 0.98, baseDE: 0.49, lead: 28},
		{no: 6, group: kitchen, title: "Digital kitchen scale 5 kg, steel", titleDE: "Digitale Küchenwaage 5 kg, Edelstahl", keyword: "kitchen scale", keyDE: "küchenwaage digital", price: 2199, cost: 610, base: 1.3, baseDE: 0.77, lead: 30},
		{no: 9, group: storage, title: "Glass storage jars with bamboo lid, set of 6", titleDE: "Vorratsgläser mit Bambusdeckel, 6er-Set", keyword: "glass storage jars", keyDE: "vorratsgläser bambus", price: 3299, cost: 930, base: 0.84, baseDE: 0.42, lead: 32},
		{no: 11, group: bath, title: "Waffle bath towel, 70 x 140 cm", titleDE: "Waffelpiqué-Badetuch, 70 x 140 cm", keyword: "waffle bath towel", keyDE: "badetuch waffelpiqué", price: 2299, cost: 640, base: 0.7, baseDE: 0.4, lead: 25},
		{no: 14, group: home, title: "Linen cushion cover, 45 x 45 cm, 2 pack", titleDE: "Leinen-Kissenbezug, 45 x 45 cm, 2er-Pack", keyword: "linen cushion cover", keyDE: "kissenbezug leinen", price: 1999, cost: 520, base: 0.77, baseDE: 0.42, lead: 21},
		{no: 17, group: garden, title: "Bypass pruning shears with safety lock", titleDE: "Bypass-Gartenschere mit Sicherung", keyword: "pruning shears", keyDE: "gartenschere", price: 1899, cost: 480, base: 0.91, baseDE: 0.56, lead: 28},
		{no: 19, group: camping, title: "LED camping lantern, rechargeable, 1000 lm", titleDE: "LED-Campinglaterne, aufladbar, 1000 lm", keyword: "camping lantern rechargeable", keyDE: "campinglampe aufladbar", price: 2899, cost: 820, base: 0.91, baseDE: 0.49, lead: 30},
		{no: 22, group: hydration, title: "Insulated tumbler 600 ml with straw", titleDE: "Thermobecher 600 ml mit Trinkhalm", keyword: "insulated tumbler with straw", keyDE: "thermobecher trinkhalm", price: 2499, cost: 640, base: 3.2, baseDE: 0.63, lead: 30},
		{no: 25, group: pets, title: "Slow feeder dog bowl, non-slip, 1 l", titleDE: "Anti-Schling-Napf, rutschfest, 1 l", keyword: "slow feeder dog bowl", keyDE: "anti schling napf", price: 1599, cost: 390, base: 0.84, baseDE: 0.42, lead: 21},
		{no: 28, group: kitchen, title: "Acacia chopping board with juice groove", titleDE: "Schneidebrett Akazie mit Saftrille", keyword: "acacia cutting board", keyDE: "schneidebrett akazie", price: 3499, cost: 1010, base: 0.77, baseDE: 0.49, lead: 35},
		{no: 31, group: kitchen, title: "Pour-over coffee dripper, steel, reusable", titleDE: "Kaffeefilter Edelstahl, wiederverwendbar", keyword: "pour over coffee dripper", keyDE: "dauerfilter kaffee edelstahl", price: 2399, cost: 590, base: 1.6, baseDE: 8.0, lead: 28},
		{no: 33, group: storage, title: "Under-bed storage bag with window, 2 pack", titleDE: "Unterbettkommode mit Sichtfenster, 2er-Pack", keyword: "under bed storage bag", keyDE: "unterbettkommode stoff", price: 2599, cost: 700, base: 0.7, baseDE: 0.4, lead: 25},
		{no: 36, group: bath, title: "Rain shower head 20 cm, chrome", titleDE: "Regendusche 20 cm, Chrom", keyword: "rain shower head", keyDE: "regendusche duschkopf", price: 3199, cost: 920, base: 0.56, baseDE: 0.4, lead: 30},
		{no: 38, group: home, title: "Warm white fairy lights, 10 m, mains", titleDE: "Lichterkette warmweiß, 10 m", keyword: "fairy lights plug in", keyDE: "lichterkette warmweiß", price: 1499, cost: 350, base: 1.1, baseDE: 0.56, lead: 28},
		{no: 41, group: garden, title: "Expandable garden hose 15 m with nozzle", titleDE: "Flexibler Gartenschlauch 15 m mit Brause", keyword: "expandable garden hose", keyDE: "flexibler gartenschlauch", price: 3699, cost: 1080, base: 0.63, baseDE: 0.4, lead: 32},
		{no: 43, group: camping, title: "Inflatable sleeping mat, ultralight", titleDE: "Isomatte aufblasbar, ultraleicht", keyword: "inflatable sleeping pad", keyDE: "isomatte aufblasbar", price: 3999, cost: 1180, base: 0.7, baseDE: 0.42, lead: 35},
		{no: 45, group: hydration, title: "Kids drinking bottle 400 ml, dinosaurs", titleDE: "Kindertrinkflasche 400 ml, Dinosaurier", keyword: "kids water bottle", keyDE: "kindertrinkflasche", price: 1799, cost: 450, base: 1.3, baseDE: 0.7, lead: 28},
		{no: 47, group: pets, title: "Cat scratching board, double pack", titleDE: "Kratzbrett für Katzen, Doppelpack", keyword: "cat scratcher cardboard", keyDE: "kratzbrett katze", price: 1899, cost: 520, base: 0.77, lead: 18},
		{no: 49, group: kitchen, title: "Stainless steel mixing bowls, set of 4", titleDE: "Edelstahl-Rührschüsseln, 4er-Set", keyword: "mixing bowls stainless steel", keyDE: "rührschüssel edelstahl set", price: 2999, cost: 860, base: 0.84, baseDE: 0.42, lead: 30},
		{no: 52, group: kitchen, title: "Electric milk frother, handheld", titleDE: "Elektrischer Milchaufschäumer", keyword: "milk frother handheld", keyDE: "milchaufschäumer", price: 1999, cost: 480, base: 5.0, baseDE: 0.63, lead: 28},
		{no: 54, group: storage, title: "Stackable pantry bins, clear, set of 8", keyword: "pantry organizer bins", price: 3399, cost: 980, base: 0.91, lead: 28}, //nolint:misspell // as shoppers of amazon.com type it
		{no: 56, group: bath, title: "Soap dispenser ceramic, matt black", titleDE: "Seifenspender Keramik, mattschwarz", keyword: "ceramic soap dispenser", keyDE: "seifenspender keramik", price: 1699, cost: 430, base: 0.56, baseDE: 0.49, lead: 25},
		{no: 59, group: home, title: "Blackout curtain, eyelets, 140 x 245 cm", titleDE: "Verdunkelungsvorhang mit Ösen, 140 x 245 cm", keyword: "blackout curtain", keyDE: "verdunkelungsvorhang", price: 2799, cost: 760, base: 0.9, baseDE: 1.8, lead: 21},
		{no: 61, group: garden, title: "Raised bed planter, fabric, 3 pack", titleDE: "Pflanzsack Hochbeet, 3er-Pack", keyword: "fabric raised bed", keyDE: "pflanzsack hochbeet", price: 2699, cost: 740, base: 0.63, baseDE: 0.4, lead: 28},
		{no: 63, group: camping, title: "Folding camp chair, high back", keyword: "folding camping chair", price: 5499, cost: 1650, base: 1.3, lead: 30, fbm: true},
		{no: 65, group: hydration, title: "Glass carafe 1.2 l with filter lid", titleDE: "Glaskaraffe 1,2 l mit Filterdeckel", keyword: "glass water carafe", keyDE: "glaskaraffe mit deckel", price: 2399, cost: 620, base: 0.63, baseDE: 0.63, lead: 25},
		{no: 67, group: kitchen, title: "Garlic press, solid steel", titleDE: "Knoblauchpresse, Edelstahl", keyword: "garlic press", keyDE: "knoblauchpresse", price: 1599, cost: 380, base: 0.98, baseDE: 0.56, lead: 28},
		{no: 69, group: pets, title: "Retractable dog lead 5 m, up to 25 kg", titleDE: "Rollleine 5 m, bis 25 kg", keyword: "retractable dog leash", keyDE: "rollleine hund", price: 1999, cost: 530, base: 0.63, baseDE: 0.4, lead: 21},
		{no: 71, group: storage, title: "Felt storage basket, 3 sizes", titleDE: "Filzkorb, 3 Größen", keyword: "felt storage basket", keyDE: "filzkorb", price: 2699, cost: 750, base: 0.5, baseDE: 0.49, lead: 25},
		{no: 73, group: bath, title: "Diatomite bath mat, fast drying", titleDE: "Badematte Kieselgur, schnelltrocknend", keyword: "stone bath mat", keyDE: "kieselgur badematte", price: 3299, cost: 940, base: 0.84, baseDE: 0.42, lead: 30},
		{no: 76, group: bath, title: "Bamboo bath tray, extendable", titleDE: "Badewannenablage Bambus, ausziehbar", keyword: "bath tray bamboo", keyDE: "badewannenablage", price: 3499, cost: 990, base: 2.0, baseDE: 0.4, lead: 30},
		{no: 78, group: home, title: "Reed diffuser, cedar and sage, 200 ml", keyword: "reed diffuser", price: 2199, cost: 560, base: 0.7, lead: 18},
		{no: 80, group: garden, title: "Solar path lights, set of 8", titleDE: "Solar-Wegeleuchten, 8er-Set", keyword: "solar path lights", keyDE: "solar wegeleuchten", price: 3799, cost: 1090, base: 0.84, baseDE: 0.42, lead: 32},
		{no: 82, group: camping, title: "Titanium camping cutlery, 3 pieces", titleDE: "Campingbesteck Titan, 3-teilig", keyword: "titanium camping cutlery", keyDE: "campingbesteck titan", price: 2599, cost: 720, base: 0.5, baseDE: 0.4, lead: 35},
		{no: 84, group: hydration, title: "Sports bottle 1 l, Tritan, time marker", titleDE: "Sportflasche 1 l, Tritan, Zeitmarkierung", keyword: "water bottle with time marker", keyDE: "trinkflasche 1l tritan", price: 1899, cost: 470, base: 1.5, baseDE: 0.7, lead: 28},
		{no: 87, group: kitchen, title: "Bento lunch box 1.4 l, leakproof, 3 compartments", keyword: "bento lunch box", price: 2799, cost: 890, base: 6.0, lead: 28},
		{no: 89, group: kitchen, title: "Cast iron skillet 26 cm", keyword: "cast iron skillet", price: 4299, cost: 1290, base: 1.4, lead: 30, fbm: true},
		{no: 91, group: pets, title: "Pet grooming glove, pair", titleDE: "Fellpflege-Handschuh, Paar", keyword: "pet grooming glove", keyDE: "fellpflegehandschuh", price: 1299, cost: 290, base: 0.7, baseDE: 0.4, lead: 21},
		{no: 93, group: storage, title: "Vacuum storage bags, 10 pack with pump", titleDE: "Vakuumbeutel, 10er-Pack mit Pumpe", keyword: "vacuum storage bags", keyDE: "vakuumbeutel kleidung", price: 2499, cost: 660, base: 1.5, baseDE: 0.49, lead: 28},
		{no: 95, group: home, title: "Bedside lamp with USB port, oak", titleDE: "Nachttischlampe mit USB, Eiche", keyword: "bedside lamp usb", keyDE: "nachttischlampe usb", price: 3999, cost: 1150, base: 0.56, baseDE: 0.4, lead: 30},
		{no: 97, group: garden, title: "Kneeling pad, extra thick", titleDE: "Kniekissen, extra dick", keyword: "garden kneeling pad", keyDE: "kniekissen garten", price: 1699, cost: 400, base: 0.56, baseDE: 0.4, lead: 21},
		{no: 99, group: camping, title: "Dry bag 20 l, welded seams", titleDE: "Packsack 20 l, wasserdicht", keyword: "dry bag 20l", keyDE: "packsack wasserdicht", price: 2299, cost: 590, base: 0.77, baseDE: 0.42, lead: 28},
		{no: 101, group: hydration, title: "Travel mug 450 ml, one-hand lid", titleDE: "Reisebecher 450 ml, Einhanddeckel", keyword: "travel mug leakproof", keyDE: "kaffeebecher to go", price: 2699, cost: 700, base: 1.4, baseDE: 0.77, lead: 30},
		{no: 104, group: hydration, title: "Steel flask 750 ml", titleDE: "Edelstahl-Trinkflasche 750 ml", keyword: "stainless steel water bottle", keyDE: "trinkflasche edelstahl", price: 3699, cost: 990, base: 11.2, baseDE: 0.98, lead: 28},
		{no: 106, group: kitchen, title: "Salad spinner 5 l with pull cord", titleDE: "Salatschleuder 5 l mit Seilzug", keyword: "salad spinner", keyDE: "salatschleuder", price: 2899, cost: 810, base: 0.7, baseDE: 0.42, lead: 28},
		{no: 108, group: pets, title: "Cat water fountain 2.5 l, quiet", keyword: "cat water fountain", price: 3299, cost: 930, base: 0.84, lead: 28},
		{no: 110, group: bath, title: "Toilet brush with silicone head", titleDE: "WC-Bürste Silikon", keyword: "silicone toilet brush", keyDE: "wc bürste silikon", price: 1799, cost: 450, base: 0.63, baseDE: 0.42, lead: 25},
		{no: 112, group: storage, title: "Shoe rack 3 tiers, bamboo", keyword: "bamboo shoe rack", price: 4499, cost: 1340, base: 1.3, lead: 30, fbm: true},
		{no: 115, group: home, title: "Weighted blanket 6.8 kg, cotton", keyword: "weighted blanket", price: 5999, cost: 1790, base: 1.9, lead: 30},
		{no: 117, group: garden, title: "Watering can 5 l, long spout", titleDE: "Gießkanne 5 l, langer Ausguss", keyword: "watering can long spout", keyDE: "gießkanne innen", price: 2399, cost: 640, base: 0.5, baseDE: 0.4, lead: 25},
		{no: 118, group: camping, title: "Headlamp 400 lm, USB-C", titleDE: "Stirnlampe 400 lm, USB-C", keyword: "rechargeable headlamp", keyDE: "stirnlampe usb", price: 2199, cost: 560, base: 1.3, baseDE: 0.49, lead: 28},
		{no: 119, group: kitchen, title: "Knife sharpener, 3 stages", titleDE: "Messerschärfer, 3 Stufen", keyword: "knife sharpener", keyDE: "messerschärfer", price: 2099, cost: 530, base: 1.1, baseDE: 0.63, lead: 28},
		{no: 121, group: home, title: "Picture frame set, 7 pieces, black", keyword: "picture frame set", price: 3199, cost: 910, base: 0.63, lead: 28},
		{no: 122, group: hydration, title: "Bottle brush set, bamboo", titleDE: "Flaschenbürsten-Set, Bambus", keyword: "bottle brush set", keyDE: "flaschenbürste set", price: 1399, cost: 310, base: 0.77, baseDE: 0.49, lead: 21},
		{no: 124, group: storage, title: "Cable management box, wood lid", titleDE: "Kabelbox mit Holzdeckel", keyword: "cable management box", keyDE: "kabelbox", price: 2299, cost: 600, base: 0.63, baseDE: 0.42, lead: 28},
		{no: 125, group: garden, title: "Patio furniture cover, 180 cm", keyword: "patio furniture cover", price: 4799, cost: 1440, base: 1.2, lead: 30, fbm: true},
		{no: 127, group: pets, title: "Car seat cover for dogs", titleDE: "Autoschondecke für Hunde", keyword: "dog car seat cover", keyDE: "autoschondecke hund", price: 3699, cost: 1060, base: 0.56, baseDE: 0.4, lead: 30},
		{no: 128, group: bath, title: "Shower caddy, no drilling", titleDE: "Duschregal ohne Bohren", keyword: "shower caddy no drilling", keyDE: "duschregal ohne bohren", price: 2599, cost: 700, base: 0.91, baseDE: 0.49, lead: 28},
		{no: 130, group: kitchen, title: "Tea infuser bottle, glass, 500 ml", titleDE: "Teeflasche Glas mit Sieb, 500 ml", keyword: "tea infuser bottle", keyDE: "teeflasche mit sieb", price: 2299, cost: 590, base: 0.56, baseDE: 0.56, lead: 25},
		{no: 131, group: camping, title: "Microfibre travel towel, set of 2", titleDE: "Mikrofaser-Reisehandtuch, 2er-Set", keyword: "microfiber travel towel", keyDE: "reisehandtuch mikrofaser", price: 1999, cost: 490, base: 0.84, baseDE: 0.49, lead: 21},
	}
}

// essential are the products that planted situations rest on; they are in every demo, however small.
func essential(no int) bool {
	switch no {
	case 22, 31, 52, 59, 63, 76, 87, 89, 93, 104, 112, 115, 118, 125:
		return true
	}
	return false
}

// pick chooses n products: the essential ones first, then by number; beyond the
// catalogue it adds colours of the same things under numbers from 201.
func pick(n int, seed uint64) []*product {
	all := catalogue()
	keep := map[int]bool{}
	for _, essentials := range []bool{true, false} {
		for _, p := range all {
			if essential(p.no) == essentials && (essentials || len(keep) < n) {
				keep[p.no] = true
			}
		}
	}
	var out []*product
	for _, p := range all {
		if keep[p.no] {
			out = append(out, named(p, seed))
		}
	}
	colours := [][2]string{{"sand", "sand"}, {"navy", "marine"}, {"sage", "salbei"}, {"rust", "rost"}, {"slate", "schiefer"}}
	for i := 0; len(out) < n; i++ {
		p := all[i%len(all)]
		if essential(p.no) {
			p.base, p.baseDE, p.fbm = 0.9, 0.5, false
		}
		c := colours[i/len(all)%len(colours)]
		p.no = 201 + i
		p.title += ", " + c[0]
		if p.titleDE != "" {
			p.titleDE += ", " + c[1]
		}
		p.base, p.baseDE = p.base*0.6, p.baseDE*0.6
		out = append(out, named(p, seed))
	}
	return out
}

// named gives a product its ids; about 15 % of the products have no cost entered.
func named(p product, seed uint64) *product {
	p.sku = core.SKU(fmt.Sprintf("SKU-%03d", p.no))
	h := mix(seed, "asin", uint64(p.no))
	p.asin = core.ASIN("B0" + base36(h, 8))
	p.fnsku = "X00" + base36(h>>7, 7)
	p.noCost = !essential(p.no) && p.no%6 == 1
	return &p
}

// base36 writes n digits of h in capitals, as ASINs and FNSKUs are written.
func base36(h uint64, n int) string {
	const digits = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	b := make([]byte, n)
	for i := range b {
		b[i] = digits[h%uint64(len(digits))]
		h /= uint64(len(digits))
	}
	return string(b)
}
