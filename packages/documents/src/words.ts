/** The fixed words of a document, in the languages that there are; everybody else reads English. */
export interface Words {
  quote: string
  revision: string
  contract: string
  invoice: string
  deposit: string
  credit_note: string
  for: string
  number: string
  issued: string
  validUntil: string
  due: string
  orderNumber: string
  item: string
  quantity: string
  price: string
  amount: string
  discount: string
  subtotal: string
  tax: string
  total: string
  paid: string
  credited: string
  balance: string
  depositDue: string
  options: string
  terms: string
  schedule: string
  signatures: string
  signedOn: string
  notSigned: string
  fingerprint: string
  draft: string
  page: (page: number, pages: number) => string
}

const en: Words = {
  quote: 'Quote',
  revision: 'Revision',
  contract: 'Contract',
  invoice: 'Invoice',
  deposit: 'Deposit invoice',
  credit_note: 'Credit note',
  for: 'For',
  number: 'Number',
  issued: 'Date',
  validUntil: 'Valid until',
  due: 'Due',
  orderNumber: 'Your order',
  item: 'Description',
  quantity: 'Quantity',
  price: 'Price',
  amount: 'Amount',
  discount: 'Discount',
  subtotal: 'Subtotal',
  tax: 'Tax',
  total: 'Total',
  paid: 'Paid',
  credited: 'Credited',
  balance: 'Amount due',
  depositDue: 'Due when the contract is signed',
  options: 'Can be added',
  terms: 'Terms',
  schedule: 'Payments',
  signatures: 'Signatures',
  signedOn: 'Signed on',
  notSigned: 'Not signed yet',
  fingerprint: 'Fingerprint of the text',
  draft: 'Draft',
  page: (page, pages) => `Page ${page} of ${pages}`,
}

const de: Words = {
  quote: 'Angebot',
  revision: 'Fassung',
  contract: 'Vertrag',
  invoice: 'Rechnung',
  deposit: 'Anzahlungsrechnung',
  credit_note: 'Gutschrift',
  for: 'Für',
  number: 'Nummer',
  issued: 'Datum',
  validUntil: 'Gültig bis',
  due: 'Fällig',
  orderNumber: 'Ihre Bestellung',
  item: 'Beschreibung',
  quantity: 'Menge',
  price: 'Preis',
  amount: 'Betrag',
  discount: 'Rabatt',
  subtotal: 'Zwischensumme',
  tax: 'Steuer',
  total: 'Gesamt',
  paid: 'Bezahlt',
  credited: 'Gutgeschrieben',
  balance: 'Offener Betrag',
  depositDue: 'Fällig bei Unterschrift des Vertrags',
  options: 'Auf Wunsch dazu',
  terms: 'Bedingungen',
  schedule: 'Zahlungsplan',
  signatures: 'Unterschriften',
  signedOn: 'Unterschrieben am',
  notSigned: 'Noch nicht unterschrieben',
  fingerprint: 'Fingerabdruck des Textes',
  draft: 'Entwurf',
  page: (page, pages) => `Seite ${page} von ${pages}`,
}

const fr: Words = {
  quote: 'Devis',
  revision: 'Version',
  contract: 'Contrat',
  invoice: 'Facture',
  deposit: "Facture d'acompte",
  credit_note: 'Avoir',
  for: 'Pour',
  number: 'Numéro',
  issued: 'Date',
  validUntil: "Valable jusqu'au",
  due: 'Échéance',
  orderNumber: 'Votre commande',
  item: 'Description',
  quantity: 'Quantité',
  price: 'Prix',
  amount: 'Montant',
  discount: 'Remise',
  subtotal: 'Sous-total',
  tax: 'Taxe',
  total: 'Total',
  paid: 'Payé',
  credited: 'Crédité',
  balance: 'Reste à payer',
  depositDue: 'À payer à la signature du contrat',
  options: 'En option',
  terms: 'Conditions',
  schedule: 'Échéancier',
  signatures: 'Signatures',
  signedOn: 'Signé le',
  notSigned: 'Pas encore signé',
  fingerprint: 'Empreinte du texte',
  draft: 'Brouillon',
  page: (page, pages) => `Page ${page} sur ${pages}`,
}

const ar: Words = {
  quote: 'عرض سعر',
  revision: 'نسخة',
  contract: 'عقد',
  invoice: 'فاتورة',
  deposit: 'فاتورة دفعة مقدمة',
  credit_note: 'إشعار دائن',
  for: 'إلى',
  number: 'الرقم',
  issued: 'التاريخ',
  validUntil: 'صالح حتى',
  due: 'تاريخ الاستحقاق',
  orderNumber: 'رقم طلبكم',
  item: 'الوصف',
  quantity: 'الكمية',
  price: 'السعر',
  amount: 'المبلغ',
  discount: 'خصم',
  subtotal: 'المجموع الفرعي',
  tax: 'الضريبة',
  total: 'الإجمالي',
  paid: 'المدفوع',
  credited: 'المقيد لكم',
  balance: 'المبلغ المستحق',
  depositDue: 'يستحق عند توقيع العقد',
  options: 'يمكن إضافته',
  terms: 'الشروط',
  schedule: 'جدول الدفعات',
  signatures: 'التوقيعات',
  signedOn: 'تم التوقيع في',
  notSigned: 'لم يوقع بعد',
  fingerprint: 'بصمة النص',
  draft: 'مسودة',
  page: (page, pages) => `صفحة ${page} من ${pages}`,
}

const languages: Record<string, Words> = { en, de, fr, ar }

export function wordsOf(locale: string): Words {
  return languages[new Intl.Locale(locale).language] ?? en
}

/** Whether people of a locale read from right to left, as far as we have words or letters for them. */
export function isRightToLeft(locale: string): boolean {
  return ['ar', 'he', 'fa', 'ur'].includes(new Intl.Locale(locale).language)
}
