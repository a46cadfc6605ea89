/** The texts beside an error, in the languages seen in recordings (meta.md section 6: French and Danish). */
export const LOCALES = ["en_US", "fr_FR", "da_DK"] as const;
export type Locale = (typeof LOCALES)[number];

interface ErrorText {
  title: string;
  message: string;
}

const en = (title: string, message: string): ErrorText => ({ title, message });

/** English titles of 2804001, 2804003, 2804009 and 2804019 are Meta's; every other wording is the sandbox's own. */
const TEXTS: Readonly<Record<number, Partial<Record<Locale, ErrorText>> & { en_US: ErrorText }>> = {
  2804001: {
    en_US: en(
      "Click ID Incorrectly Formatted",
      "The fbc of an event does not have the form fb.index.time.clickid.",
    ),
    fr_FR: en("Format d’identifiant de clic incorrect", "Le fbc d’un évènement n’a pas la forme attendue."),
    da_DK: en("Klik-id’et har et forkert format", "En hændelses fbc har ikke den forventede form."),
  },
  2804003: {
    en_US: en("Event Timestamp Too Old", "An event lies further in the past than its action source allows."),
    fr_FR: en("Horodatage de l’évènement trop ancien", "Un évènement est antérieur à la période autorisée."),
    da_DK: en(
      "Hændelsens tidsstempel er for gammelt",
      "En hændelse ligger længere tilbage, end det er tilladt.",
    ),
  },
  2804004: {
    en_US: en("Event Timestamp In The Future", "An event carries a time that has not come yet."),
    fr_FR: en("Horodatage de l’évènement dans le futur", "Un évènement porte une heure à venir."),
  },
  2804008: {
    en_US: en("Missing Content ID", "An item of contents has no id."),
  },
  2804009: {
    en_US: en("Missing Value for Purchase Event", "A Purchase event needs a value."),
    fr_FR: en("Valeur manquante pour l’évènement d’achat", "Un évènement d’achat doit avoir une valeur."),
    da_DK: en("Værdi mangler for købshændelse", "En købshændelse skal have en værdi."),
  },
  2804019: {
    en_US: en("Server Side Api Parameter Error", "A parameter is missing, unknown or of the wrong type."),
    fr_FR: en("Erreur de paramètre de l’API côté serveur", "Un paramètre est absent, inconnu ou mal typé."),
  },
  2804023: {
    en_US: en("Missing Currency", "An event with a value needs a currency."),
  },
  2804050: {
    en_US: en(
      "Not Enough Customer Information",
      "The customer information of an event is too broad to match anyone.",
    ),
    fr_FR: en(
      "Informations client insuffisantes",
      "Les informations client d’un évènement sont trop générales.",
    ),
  },
};

/** Title and message for a subcode, in English where a language is missing (Meta mixes them too). */
export function errorText(subcode: number, locale: Locale): ErrorText | undefined {
  const texts = TEXTS[subcode];
  return texts?.[locale] ?? texts?.en_US;
}
