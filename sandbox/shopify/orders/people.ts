import type { Random } from "./seeded-random.ts";

/** A place as Shopify's checkout stores it. `null` where the country has no zones or no postal codes. */
interface Place {
  readonly city: string;
  readonly zip: string | null;
  readonly province: string | null;
  readonly provinceCode: string | null;
}

interface Country {
  readonly code: string;
  readonly name: string;
  readonly locale: string;
  readonly currency: string;
  readonly dialling: string;
  /** Digits of a national number; # is any digit. Ranges reserved for fiction where the country has them. */
  readonly phone: string;
  /** What a buyer writes before the national digits at home ("0" in most of Europe). */
  readonly trunk: string;
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly streets: readonly string[];
  readonly places: readonly Place[];
}

const place = (
  city: string,
  zip: string | null,
  province: string | null,
  provinceCode: string | null,
): Place => ({
  city,
  zip,
  province,
  provinceCode,
});

export const COUNTRIES: readonly Country[] = [
  {
    code: "US",
    name: "United States",
    locale: "en-US",
    currency: "USD",
    dialling: "1",
    phone: "55555501##",
    trunk: "",
    first: ["Jane", "Mary-Ann", "DeShawn", "José"],
    last: ["Doe", "O'Neil", "van der Berg", "Smith Jr."],
    streets: ["1 Example St", "22 Sample Ave Apt 4B"],
    places: [
      place("Arlington", "76012", "Texas", "TX"),
      place("San Diego", "92101-1234", "California", "CA"),
      place("St. Louis", "63101", "Missouri", "MO"),
      place("Denver", "80202", "Colorado", "CO"),
    ],
  },
  {
    code: "CA",
    name: "Canada",
    locale: "fr-CA",
    currency: "CAD",
    dialling: "1",
    phone: "41655501##",
    trunk: "",
    first: ["Zoë", "Liam"],
    last: ["Tremblay", "Côté"],
    streets: ["10 rue de l'Exemple"],
    places: [place("Montréal", "H2X 1Y4", "Quebec", "QC"), place("Toronto", "M5V 2T6", "Ontario", "ON")],
  },
  {
    code: "GB",
    name: "United Kingdom",
    locale: "en-GB",
    currency: "GBP",
    dialling: "44",
    phone: "7700900###",
    trunk: "0",
    first: ["John", "Siobhán"],
    last: ["Smith", "Llewellyn-Jones"],
    streets: ["2 Example Way"],
    places: [place("NORWICH", "NR14 7XX", "England", "ENG"), place("Glasgow", "G1 1AA", "Scotland", "SCT")],
  },
  {
    code: "IE",
    name: "Ireland",
    locale: "en-IE",
    currency: "EUR",
    dialling: "353",
    phone: "85555####",
    trunk: "0",
    first: ["Aoife", "Seán"],
    last: ["Ó Briain", "Murphy"],
    streets: ["3 Sample Quay"],
    places: [place("Dublin", "D02 X285", "Dublin", "D"), place("Cork", "T12 AB34", "Cork", "CO")],
  },
  {
    code: "DE",
    name: "Germany",
    locale: "de-DE",
    currency: "EUR",
    dialling: "49",
    phone: "15112345###",
    trunk: "0",
    first: ["Jürgen", "Anna-Lena"],
    last: ["Müller", "Groß", "von Beispiel"],
    streets: ["Beispielstraße 7"],
    places: [place("Köln", "50667", null, null), place("Frankfurt am Main", "60311", null, null)],
  },
  {
    code: "FR",
    name: "France",
    locale: "fr-FR",
    currency: "EUR",
    dialling: "33",
    phone: "6399800##",
    trunk: "0",
    first: ["Chloé", "Jean-François"],
    last: ["L'Hôpital", "Lefèvre"],
    streets: ["4 rue de l'Exemple"],
    places: [place("Saint-Étienne", "42000", null, null), place("Paris", "75001", null, null)],
  },
  {
    code: "ES",
    name: "Spain",
    locale: "es-ES",
    currency: "EUR",
    dialling: "34",
    phone: "6555500##",
    trunk: "",
    first: ["María José", "Íñigo"],
    last: ["García Márquez", "Núñez"],
    streets: ["Calle Ejemplo, 5"],
    places: [place("A Coruña", "15001", "A Coruña", "C"), place("Madrid", "28001", "Madrid", "M")],
  },
  {
    code: "IT",
    name: "Italy",
    locale: "it-IT",
    currency: "EUR",
    dialling: "39",
    phone: "31234567##",
    trunk: "",
    first: ["Nicolò", "Giulia"],
    last: ["D'Angelo", "De Luca"],
    streets: ["Via Esempio 6"],
    places: [place("Forlì", "47121", "Forlì-Cesena", "FC"), place("Roma", "00184", "Roma", "RM")],
  },
  {
    code: "NL",
    name: "Netherlands",
    locale: "nl-NL",
    currency: "EUR",
    dialling: "31",
    phone: "6123456##",
    trunk: "0",
    first: ["Sjoerd", "Femke"],
    last: ["van 't Hof", "de Vries"],
    streets: ["Voorbeeldlaan 8"],
    places: [place("'s-Hertogenbosch", "5211 AB", null, null)],
  },
  {
    code: "SE",
    name: "Sweden",
    locale: "sv-SE",
    currency: "SEK",
    dialling: "46",
    phone: "7017406##",
    trunk: "0",
    first: ["Åsa", "Björn"],
    last: ["Öberg", "Ångström"],
    streets: ["Exempelgatan 9"],
    places: [place("Malmö", "211 18", null, null)],
  },
  {
    code: "PL",
    name: "Poland",
    locale: "pl-PL",
    currency: "PLN",
    dialling: "48",
    phone: "5123456##",
    trunk: "",
    first: ["Łukasz", "Żaneta"],
    last: ["Wójcik", "Święcki"],
    streets: ["ul. Przykładowa 10/3"],
    places: [place("Łódź", "90-001", null, null)],
  },
  {
    code: "GR",
    name: "Greece",
    locale: "el-GR",
    currency: "EUR",
    dialling: "30",
    phone: "69123456##",
    trunk: "",
    first: ["Γιώργος", "Ελένη"],
    last: ["Παπαδόπουλος", "Αγγελοπούλου"],
    streets: ["Οδός Παραδείγματος 11"],
    places: [place("Θεσσαλονίκη", "546 24", null, null)],
  },
  {
    code: "UA",
    name: "Ukraine",
    locale: "uk-UA",
    currency: "EUR",
    dialling: "380",
    phone: "5012345##",
    trunk: "0",
    first: ["Олена", "Ігор"],
    last: ["Шевченко", "Кличко"],
    streets: ["вул. Зразкова, 12"],
    places: [place("Київ", "01001", "Київ", "UA-30")],
  },
  {
    code: "JP",
    name: "Japan",
    locale: "ja-JP",
    currency: "JPY",
    dialling: "81",
    phone: "90123456##",
    trunk: "0",
    first: ["太郎", "花子"],
    last: ["山田", "佐藤"],
    streets: ["見本町1-2-3"],
    places: [place("千代田区", "100-0001", "Tōkyō", "JP-13"), place("大阪市", "530-0001", "Ōsaka", "JP-27")],
  },
  {
    code: "KR",
    name: "South Korea",
    locale: "ko-KR",
    currency: "KRW",
    dialling: "82",
    phone: "1012345###",
    trunk: "0",
    first: ["민준", "서연"],
    last: ["김", "이"],
    streets: ["예시로 13"],
    places: [place("강남구", "06236", "Seoul", "KR-11")],
  },
  {
    code: "TW",
    name: "Taiwan",
    locale: "zh-TW",
    currency: "TWD",
    dialling: "886",
    phone: "9123456##",
    trunk: "0",
    first: ["小明", "美玲"],
    last: ["陳", "林"],
    streets: ["範例路14號"],
    places: [place("台北市", "100", null, null)],
  },
  {
    code: "IN",
    name: "India",
    locale: "en-IN",
    currency: "INR",
    dialling: "91",
    phone: "98765432##",
    trunk: "0",
    first: ["Aarav", "प्रिया"],
    last: ["Sharma", "पटेल"],
    streets: ["15 Example Marg"],
    places: [place("Bengaluru", "560001", "Karnataka", "KA"), place("Mumbai", "400001", "Maharashtra", "MH")],
  },
  {
    code: "PK",
    name: "Pakistan",
    locale: "en-PK",
    currency: "PKR",
    dialling: "92",
    phone: "30000000##",
    trunk: "0",
    first: ["Ayesha", "محمد"],
    last: ["Khan", "علی"],
    streets: ["Near Example Bazaar"],
    places: [place("Lahore", null, null, null), place("Karachi", "74000", null, null)],
  },
  {
    code: "SA",
    name: "Saudi Arabia",
    locale: "ar-SA",
    currency: "SAR",
    dialling: "966",
    phone: "5012345##",
    trunk: "0",
    first: ["فاطمة", "عبد الله"],
    last: ["الأحمد", "القحطاني"],
    streets: ["شارع المثال ١٦"],
    places: [place("الرياض", "12211", null, null)],
  },
  {
    code: "AE",
    name: "United Arab Emirates",
    locale: "ar-AE",
    currency: "AED",
    dialling: "971",
    phone: "5012345##",
    trunk: "0",
    first: ["Layla", "خالد"],
    last: ["Al Example", "المثال"],
    streets: ["Villa 17, Example Rd"],
    places: [place("Dubai", null, "Dubai", "DU")],
  },
  {
    code: "IL",
    name: "Israel",
    locale: "he-IL",
    currency: "ILS",
    dialling: "972",
    phone: "5012345##",
    trunk: "0",
    first: ["נועה", "דוד"],
    last: ["כהן", "בן-דוד"],
    streets: ["רחוב הדוגמה 18"],
    places: [place("תל אביב-יפו", "6100000", null, null)],
  },
  {
    code: "BR",
    name: "Brazil",
    locale: "pt-BR",
    currency: "BRL",
    dialling: "55",
    phone: "119123456##",
    trunk: "0",
    first: ["João", "Conceição"],
    last: ["da Silva", "Gonçalves"],
    streets: ["Rua Exemplo, 19"],
    places: [place("São Paulo", "01310-100", "São Paulo", "SP")],
  },
  {
    code: "MX",
    name: "Mexico",
    locale: "es-MX",
    currency: "MXN",
    dialling: "52",
    phone: "55123456##",
    trunk: "",
    first: ["Guadalupe", "Ángel"],
    last: ["Hernández", "Peña"],
    streets: ["Av. Ejemplo 20"],
    places: [place("Ciudad de México", "06000", "Ciudad de México", "DF")],
  },
  {
    code: "AU",
    name: "Australia",
    locale: "en-AU",
    currency: "AUD",
    dialling: "61",
    phone: "491570###",
    trunk: "0",
    first: ["Matilda", "Jack"],
    last: ["Nguyen", "McDonald"],
    streets: ["21 Example Pde"],
    places: [place("Surry Hills", "2010", "New South Wales", "NSW")],
  },
  {
    code: "TR",
    name: "Turkey",
    locale: "tr-TR",
    currency: "TRY",
    dialling: "90",
    phone: "50123456##",
    trunk: "0",
    first: ["İbrahim", "Işıl"],
    last: ["Yılmaz", "Çağlar"],
    streets: ["Örnek Sk. No:22"],
    places: [place("İstanbul", "34000", null, null)],
  },
  {
    code: "VN",
    name: "Vietnam",
    locale: "vi-VN",
    currency: "VND",
    dialling: "84",
    phone: "9123456##",
    trunk: "0",
    first: ["Thị Hương", "Minh"],
    last: ["Nguyễn", "Trần"],
    streets: ["23 Đường Ví Dụ"],
    places: [place("Thành phố Hồ Chí Minh", "700000", null, null)],
  },
];

/** One invented buyer at one address. */
export interface Person {
  readonly first: string;
  readonly last: string;
  readonly email: string;
  /** E.164, as Shopify normalises a phone that was given as contact. */
  readonly phone: string;
  /** As the buyer typed it into the address form: national, spaced. */
  readonly phoneAsTyped: string;
  readonly street: string;
  readonly place: Place;
  readonly country: Country;
}

/** A buyer from `countryCode`, or from anywhere. E-mail addresses are under example.com. */
export function inventPerson(random: Random, countryCode?: string): Person {
  const country = COUNTRIES.find((each) => each.code === countryCode) ?? random.pick(COUNTRIES);
  const digits = [...country.phone].map((mark) => (mark === "#" ? String(random.int(0, 9)) : mark)).join("");
  const first = random.pick(country.first);
  return {
    first,
    last: random.pick(country.last),
    email: `buyer.${random.text(10)}@example.com`,
    phone: `+${country.dialling}${digits}`,
    phoneAsTyped: `${country.trunk}${digits.slice(0, 4)} ${digits.slice(4)}`,
    street: random.pick(country.streets),
    place: random.pick(country.places),
    country,
  };
}
