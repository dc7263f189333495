import { plainName } from './plain-name';

/** Words, whole or at an end, of columns that name a person, reach one, or hold what one wrote. */
const NAMES = [
	/(?:^| )(?:guest|gast|host|reviewer|booker|customer|client|traveller|traveler|tenant|user|kunden|gaste)s? ?(?:full ?)?(?:names?|namen?)(?: s)?$/,
	/^(?:booked by|gebucht von|reserve par|reservado por|prenotato da|guest|gast|hospede|huesped|ospite|voyageur|customer|client|kunde|name des gastes)$/,
	/(?:^| )(?:first|last|middle|full|sur|fore) ?names?$|^(?:vorname|nachname|nom|prenom|nombre|apellidos?|cognome|sobrenome|achternaam|voornaam)$/,
	/(?:^| )(?:e ?mails?|mail|correo|phones?|telephone|telefono?|telefone|mobile|handy|mobil|fax|whatsapp|contact|kontakt|contacto)(?: (?:number|nummer|numero|address|adresse))?$/,
	/(?:^| )(?:street|strasse|address|adresse|anschrift|direccion|indirizzo|endereco|adres)$/,
	/(?:^| )(?:remarks?|bemerkung(?:en)?|notes?|notizen?|comments?|kommentare?|commentaires?|comentarios?|messages?|nachricht|anmerkungen|about|description)$/,
	/^special requests?$|^sonderwunsche?$/,
	/(?:^| )(?:passport|reisepass|ausweis|id card|birth(?:day| date)?|date of birth|geburtsdatum|iban|bic|card number|credit card|kreditkarte|license plate|ip|ip address)$/,
	/(?:^| )(?:photo|picture|thumbnail|avatar|profile) ?(?:url)?$/,
];
const ADDRESS = /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i;
const PHONE = /^\+\d[\d\s()./-]{7,}$/;

/** Whether a column names or describes a person: by its name, or by what stands in it. */
export function isPersonal(name: string, samples: readonly string[] = []): boolean {
	const plain = plainName(name);
	if (NAMES.some((pattern) => pattern.test(plain))) return true;
	return samples.some((sample) => ADDRESS.test(sample) || PHONE.test(sample));
}
