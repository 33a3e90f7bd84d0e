import { inLanguageOf } from '@tenantry/documents/languages'

/** What public pages say around a document. */
export interface PageWords {
  opening: string
  invalid: string
  invalidHint: string
  away: string
  awayHint: string
  tryAgain: string
  savePdf: string
  savingPdf: string
  pdfFailed: string
  failed: string
  unreachable: string
  tooMany: string
  paused: (company: string) => string
  waits: string
  accepted: string
  declined: string
  expired: string
  replaced: string
  signed: string
  withdrawn: string
  paid: string
  partlyPaid: string
  unpaid: string
  overdue: string
  void: string
  nothingToPay: string
  optional: string
  answer: string
  yourName: string
  nameMissing: string
  acceptHint: (total: string) => string
  accept: string
  acceptedBy: (name: string, day: string) => string
  toContract: string
  contractByMail: (company: string) => string
  decline: string
  declineReason: string
  declineConfirm: string
  back: string
  expiredHint: (company: string) => string
  replacedHint: (company: string) => string
  declinedHint: (company: string) => string
  withdrawnHint: (company: string) => string
  quoteWithdrawnHint: (company: string) => string
  sign: string
  signHint: (name: string) => string
  signByName: string
  signByHand: string
  drawHere: string
  drawAgain: string
  drawingMissing: string
  consentMissing: string
  signButton: string
  signedOn: (day: string) => string
  waitsForOthers: string
  toInvoice: string
  pay: string
  payAll: string
  payNext: string
  payAmount: (amount: string) => string
  payBy: string
  testMode: string
  testCards: { test_card: string; test_declined: string; test_slow: string; test_down: string }
  payElsewhere: (company: string) => string
  payFailed: string
  payPending: string
  payLook: string
  payUnknown: string
  payDone: string
}

const en: PageWords = {
  opening: 'One moment…',
  invalid: 'This link is not valid',
  invalidHint: 'It may be incomplete, too old, or replaced by a newer one. Ask whoever sent it to you for a new link.',
  away: 'This document cannot be shown at the moment',
  awayHint: 'Nothing is lost. Try again in a few minutes.',
  tryAgain: 'Try again',
  savePdf: 'Save as PDF',
  savingPdf: 'Saving…',
  pdfFailed: 'The PDF could not be made at the moment. Try again in a minute.',
  failed: 'That did not work. Nothing was changed.',
  unreachable: 'The server could not be reached. Check your connection and try again.',
  tooMany: 'Too many requests. Wait a minute and try again.',
  paused: (company) => `${company} takes no answers here at the moment. You can still read the document.`,
  waits: 'Waiting for your answer',
  accepted: 'Accepted',
  declined: 'Declined',
  expired: 'Expired',
  replaced: 'Replaced',
  signed: 'Signed',
  withdrawn: 'Withdrawn',
  paid: 'Paid',
  partlyPaid: 'Partly paid',
  unpaid: 'To be paid',
  overdue: 'Overdue',
  void: 'Void',
  nothingToPay: 'Nothing of this is to be paid.',
  optional: 'Optional',
  answer: 'Your answer',
  yourName: 'Your full name',
  nameMissing: 'Please write your name.',
  acceptHint: (total) => `You accept this quote over ${total}. The contract follows next.`,
  accept: 'Accept quote',
  acceptedBy: (name, day) => `Accepted by ${name} on ${day}.`,
  toContract: 'Read and sign the contract',
  contractByMail: (company) => `${company} sends the contract to everybody who signs it.`,
  decline: 'Decline',
  declineReason: 'Why? (you may leave this empty)',
  declineConfirm: 'Decline for good',
  back: 'Back',
  expiredHint: (company) => `The time to answer is over. Ask ${company} for a new one.`,
  replacedHint: (company) => `There is a newer one. Ask ${company} for its link.`,
  declinedHint: (company) => `This was declined. Write to ${company} if you have changed your mind.`,
  withdrawnHint: (company) => `${company} has withdrawn this contract.`,
  quoteWithdrawnHint: (company) => `${company} has withdrawn this quote and its contract. Nothing is agreed any more.`,
  sign: 'Your signature',
  signHint: (name) => `For ${name}. Type your full name, or draw your signature.`,
  signByName: 'Type my name',
  signByHand: 'Draw my signature',
  drawHere: 'Draw your signature here, with a finger, a pen or the mouse',
  drawAgain: 'Start over',
  drawingMissing: 'Please draw your signature.',
  consentMissing: 'Please confirm that you agree.',
  signButton: 'Sign contract',
  signedOn: (day) => `You signed on ${day}.`,
  waitsForOthers: 'The contract is complete once everybody has signed.',
  toInvoice: 'See what is due now',
  pay: 'Pay',
  payAll: 'All that is still to pay',
  payNext: 'The part that is due next',
  payAmount: (amount) => `Pay ${amount}`,
  payBy: 'Card',
  testMode: 'Test mode: no money moves. Choose what the card does.',
  testCards: {
    test_card: 'A card that is accepted',
    test_declined: 'A card that is declined',
    test_slow: 'A payment that takes a while',
    test_down: 'A provider that does not answer',
  },
  payElsewhere: (company) => `Please pay in the way you have agreed with ${company}.`,
  payFailed: 'The payment was declined and nothing was charged. Try another card.',
  payPending: 'The payment is under way.',
  payLook: 'See whether it has arrived',
  payUnknown: 'The payment could not be confirmed. Try again: nothing is charged twice.',
  payDone: 'Thank you! The payment has arrived.',
}

const de: PageWords = {
  opening: 'Einen Moment…',
  invalid: 'Dieser Link ist nicht gültig',
  invalidHint:
    'Vielleicht ist er unvollständig, zu alt oder durch einen neueren ersetzt. Bitten Sie den Absender um einen neuen Link.',
  away: 'Dieses Dokument kann gerade nicht angezeigt werden',
  awayHint: 'Es ist nichts verloren. Versuchen Sie es in einigen Minuten noch einmal.',
  tryAgain: 'Noch einmal versuchen',
  savePdf: 'Als PDF speichern',
  savingPdf: 'Wird gespeichert…',
  pdfFailed: 'Das PDF konnte gerade nicht erstellt werden. Versuchen Sie es in einer Minute noch einmal.',
  failed: 'Das hat nicht geklappt. Es wurde nichts geändert.',
  unreachable: 'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  tooMany: 'Zu viele Anfragen. Warten Sie eine Minute und versuchen Sie es noch einmal.',
  paused: (company) => `${company} nimmt hier zurzeit keine Antworten an. Lesen können Sie das Dokument weiterhin.`,
  waits: 'Wartet auf Ihre Antwort',
  accepted: 'Angenommen',
  declined: 'Abgelehnt',
  expired: 'Abgelaufen',
  replaced: 'Ersetzt',
  signed: 'Unterschrieben',
  withdrawn: 'Zurückgezogen',
  paid: 'Bezahlt',
  partlyPaid: 'Teilweise bezahlt',
  unpaid: 'Offen',
  overdue: 'Überfällig',
  void: 'Ungültig',
  nothingToPay: 'Hiervon ist nichts zu bezahlen.',
  optional: 'Auf Wunsch',
  answer: 'Ihre Antwort',
  yourName: 'Ihr vollständiger Name',
  nameMissing: 'Bitte geben Sie Ihren Namen an.',
  acceptHint: (total) => `Sie nehmen dieses Angebot über ${total} an. Als Nächstes folgt der Vertrag.`,
  accept: 'Angebot annehmen',
  acceptedBy: (name, day) => `Angenommen von ${name} am ${day}.`,
  toContract: 'Vertrag lesen und unterschreiben',
  contractByMail: (company) => `${company} schickt den Vertrag allen, die ihn unterschreiben.`,
  decline: 'Ablehnen',
  declineReason: 'Warum? (freiwillig)',
  declineConfirm: 'Endgültig ablehnen',
  back: 'Zurück',
  expiredHint: (company) => `Die Frist ist abgelaufen. Bitten Sie ${company} um ein neues Dokument.`,
  replacedHint: (company) => `Es gibt eine neuere Fassung. Bitten Sie ${company} um den Link.`,
  declinedHint: (company) => `Dies wurde abgelehnt. Schreiben Sie ${company}, wenn Sie es sich anders überlegt haben.`,
  withdrawnHint: (company) => `${company} hat diesen Vertrag zurückgezogen.`,
  quoteWithdrawnHint: (company) =>
    `${company} hat dieses Angebot und den Vertrag dazu zurückgezogen. Es ist nichts mehr vereinbart.`,
  sign: 'Ihre Unterschrift',
  signHint: (name) => `Für ${name}. Geben Sie Ihren vollständigen Namen ein, oder zeichnen Sie Ihre Unterschrift.`,
  signByName: 'Namen eingeben',
  signByHand: 'Unterschrift zeichnen',
  drawHere: 'Zeichnen Sie hier Ihre Unterschrift, mit dem Finger, einem Stift oder der Maus',
  drawAgain: 'Noch einmal von vorn',
  drawingMissing: 'Bitte zeichnen Sie Ihre Unterschrift.',
  consentMissing: 'Bitte bestätigen Sie, dass Sie zustimmen.',
  signButton: 'Vertrag unterschreiben',
  signedOn: (day) => `Sie haben am ${day} unterschrieben.`,
  waitsForOthers: 'Der Vertrag ist vollständig, sobald alle unterschrieben haben.',
  toInvoice: 'Ansehen, was jetzt fällig ist',
  pay: 'Bezahlen',
  payAll: 'Alles, was noch offen ist',
  payNext: 'Die nächste fällige Rate',
  payAmount: (amount) => `${amount} bezahlen`,
  payBy: 'Karte',
  testMode: 'Testbetrieb: Es fließt kein Geld. Wählen Sie, was die Karte tut.',
  testCards: {
    test_card: 'Eine Karte, die angenommen wird',
    test_declined: 'Eine Karte, die abgelehnt wird',
    test_slow: 'Eine Zahlung, die etwas dauert',
    test_down: 'Ein Anbieter, der nicht antwortet',
  },
  payElsewhere: (company) => `Bitte bezahlen Sie so, wie Sie es mit ${company} vereinbart haben.`,
  payFailed: 'Die Zahlung wurde abgelehnt und nichts abgebucht. Versuchen Sie es mit einer anderen Karte.',
  payPending: 'Die Zahlung ist unterwegs.',
  payLook: 'Nachsehen, ob sie angekommen ist',
  payUnknown: 'Die Zahlung konnte nicht bestätigt werden. Versuchen Sie es noch einmal: Nichts wird doppelt abgebucht.',
  payDone: 'Vielen Dank! Die Zahlung ist angekommen.',
}

const fr: PageWords = {
  opening: 'Un instant…',
  invalid: "Ce lien n'est pas valable",
  invalidHint:
    "Il est peut-être incomplet, trop ancien ou remplacé par un plus récent. Demandez un nouveau lien à l'expéditeur.",
  away: 'Ce document ne peut pas être affiché pour le moment',
  awayHint: "Rien n'est perdu. Réessayez dans quelques minutes.",
  tryAgain: 'Réessayer',
  savePdf: 'Enregistrer en PDF',
  savingPdf: 'Enregistrement…',
  pdfFailed: "Le PDF n'a pas pu être créé pour le moment. Réessayez dans une minute.",
  failed: "Cela n'a pas fonctionné. Rien n'a été modifié.",
  unreachable: 'Le serveur est injoignable. Vérifiez votre connexion et réessayez.',
  tooMany: 'Trop de demandes. Attendez une minute et réessayez.',
  paused: (company) => `${company} ne prend pas de réponse ici pour le moment. Vous pouvez toujours lire le document.`,
  waits: 'En attente de votre réponse',
  accepted: 'Accepté',
  declined: 'Refusé',
  expired: 'Expiré',
  replaced: 'Remplacé',
  signed: 'Signé',
  withdrawn: 'Retiré',
  paid: 'Payée',
  partlyPaid: 'Payée en partie',
  unpaid: 'À payer',
  overdue: 'En retard',
  void: 'Annulée',
  nothingToPay: "Il n'y a rien à payer.",
  optional: 'En option',
  answer: 'Votre réponse',
  yourName: 'Votre nom complet',
  nameMissing: 'Indiquez votre nom.',
  acceptHint: (total) => `Vous acceptez ce devis de ${total}. Le contrat vient ensuite.`,
  accept: 'Accepter le devis',
  acceptedBy: (name, day) => `Accepté par ${name} le ${day}.`,
  toContract: 'Lire et signer le contrat',
  contractByMail: (company) => `${company} envoie le contrat à toutes les personnes qui le signent.`,
  decline: 'Refuser',
  declineReason: 'Pourquoi ? (facultatif)',
  declineConfirm: 'Refuser définitivement',
  back: 'Retour',
  expiredHint: (company) => `Le délai est passé. Demandez un nouveau document à ${company}.`,
  replacedHint: (company) => `Il existe une version plus récente. Demandez son lien à ${company}.`,
  declinedHint: (company) => `Ceci a été refusé. Écrivez à ${company} si vous avez changé d'avis.`,
  withdrawnHint: (company) => `${company} a retiré ce contrat.`,
  quoteWithdrawnHint: (company) => `${company} a retiré ce devis et son contrat. Plus rien n'est convenu.`,
  sign: 'Votre signature',
  signHint: (name) => `Pour ${name}. Tapez votre nom complet, ou dessinez votre signature.`,
  signByName: 'Taper mon nom',
  signByHand: 'Dessiner ma signature',
  drawHere: 'Dessinez votre signature ici, au doigt, au stylet ou à la souris',
  drawAgain: 'Recommencer',
  drawingMissing: 'Dessinez votre signature.',
  consentMissing: 'Confirmez que vous êtes d’accord.',
  signButton: 'Signer le contrat',
  signedOn: (day) => `Vous avez signé le ${day}.`,
  waitsForOthers: 'Le contrat est complet lorsque tout le monde a signé.',
  toInvoice: 'Voir ce qui est dû maintenant',
  pay: 'Payer',
  payAll: 'Tout ce qui reste à payer',
  payNext: 'La prochaine échéance',
  payAmount: (amount) => `Payer ${amount}`,
  payBy: 'Carte',
  testMode: "Mode test : aucun argent n'est déplacé. Choisissez ce que fait la carte.",
  testCards: {
    test_card: 'Une carte acceptée',
    test_declined: 'Une carte refusée',
    test_slow: 'Un paiement qui prend du temps',
    test_down: 'Un prestataire qui ne répond pas',
  },
  payElsewhere: (company) => `Payez de la manière convenue avec ${company}.`,
  payFailed: "Le paiement a été refusé et rien n'a été débité. Essayez une autre carte.",
  payPending: 'Le paiement est en cours.',
  payLook: "Voir s'il est arrivé",
  payUnknown: "Le paiement n'a pas pu être confirmé. Réessayez : rien n'est débité deux fois.",
  payDone: 'Merci ! Le paiement est arrivé.',
}

const ar: PageWords = {
  opening: 'لحظة من فضلك…',
  invalid: 'هذا الرابط غير صالح',
  invalidHint: 'قد يكون ناقصًا أو قديمًا أو استُبدل برابط أحدث. اطلب رابطًا جديدًا ممن أرسله إليك.',
  away: 'لا يمكن عرض هذا المستند حاليًا',
  awayHint: 'لم يُفقد شيء. حاول مرة أخرى بعد بضع دقائق.',
  tryAgain: 'حاول مرة أخرى',
  savePdf: 'حفظ بصيغة PDF',
  savingPdf: 'جارٍ الحفظ…',
  pdfFailed: 'تعذر إنشاء ملف PDF حاليًا. حاول مرة أخرى بعد دقيقة.',
  failed: 'لم ينجح ذلك. لم يتغير شيء.',
  unreachable: 'تعذر الوصول إلى الخادم. تحقق من الاتصال وحاول مرة أخرى.',
  tooMany: 'طلبات كثيرة جدًا. انتظر دقيقة وحاول مرة أخرى.',
  paused: (company) => `لا تستقبل ${company} الردود هنا حاليًا. لا يزال بإمكانك قراءة المستند.`,
  waits: 'بانتظار ردك',
  accepted: 'مقبول',
  declined: 'مرفوض',
  expired: 'منتهي الصلاحية',
  replaced: 'مستبدل',
  signed: 'موقّع',
  withdrawn: 'مسحوب',
  paid: 'مدفوعة',
  partlyPaid: 'مدفوعة جزئيًا',
  unpaid: 'مستحقة الدفع',
  overdue: 'متأخرة',
  void: 'ملغاة',
  nothingToPay: 'لا يوجد مبلغ مستحق هنا.',
  optional: 'اختياري',
  answer: 'ردك',
  yourName: 'اسمك الكامل',
  nameMissing: 'يرجى كتابة اسمك.',
  acceptHint: (total) => `أنت تقبل هذا العرض بمبلغ ${total}. يليه العقد.`,
  accept: 'قبول العرض',
  acceptedBy: (name, day) => `قبله ${name} في ${day}.`,
  toContract: 'قراءة العقد وتوقيعه',
  contractByMail: (company) => `ترسل ${company} العقد إلى كل من يوقعه.`,
  decline: 'رفض',
  declineReason: 'ما السبب؟ (اختياري)',
  declineConfirm: 'رفض نهائي',
  back: 'رجوع',
  expiredHint: (company) => `انتهت المهلة. اطلب مستندًا جديدًا من ${company}.`,
  replacedHint: (company) => `توجد نسخة أحدث. اطلب رابطها من ${company}.`,
  declinedHint: (company) => `تم الرفض. راسل ${company} إن غيّرت رأيك.`,
  withdrawnHint: (company) => `سحبت ${company} هذا العقد.`,
  quoteWithdrawnHint: (company) => `سحبت ${company} هذا العرض وعقده. لم يعد هناك أي اتفاق.`,
  sign: 'توقيعك',
  signHint: (name) => `عن ${name}. اكتب اسمك الكامل أو ارسم توقيعك.`,
  signByName: 'كتابة اسمي',
  signByHand: 'رسم توقيعي',
  drawHere: 'ارسم توقيعك هنا بالإصبع أو القلم أو الفأرة',
  drawAgain: 'البدء من جديد',
  drawingMissing: 'يرجى رسم توقيعك.',
  consentMissing: 'يرجى تأكيد موافقتك.',
  signButton: 'توقيع العقد',
  signedOn: (day) => `وقّعت في ${day}.`,
  waitsForOthers: 'يكتمل العقد عندما يوقّع الجميع.',
  toInvoice: 'عرض المستحق الآن',
  pay: 'الدفع',
  payAll: 'كل ما تبقى',
  payNext: 'الدفعة المستحقة التالية',
  payAmount: (amount) => `ادفع ${amount}`,
  payBy: 'البطاقة',
  testMode: 'وضع الاختبار: لا تُنقل أي أموال. اختر ما تفعله البطاقة.',
  testCards: {
    test_card: 'بطاقة مقبولة',
    test_declined: 'بطاقة مرفوضة',
    test_slow: 'دفعة تستغرق وقتًا',
    test_down: 'مزود لا يجيب',
  },
  payElsewhere: (company) => `يرجى الدفع بالطريقة المتفق عليها مع ${company}.`,
  payFailed: 'رُفضت الدفعة ولم يُخصم شيء. جرّب بطاقة أخرى.',
  payPending: 'الدفعة قيد التنفيذ.',
  payLook: 'التحقق من وصولها',
  payUnknown: 'تعذر تأكيد الدفعة. حاول مرة أخرى: لا يُخصم شيء مرتين.',
  payDone: 'شكرًا لك! وصلت الدفعة.',
}

export function pageWordsOf(locale: string): PageWords {
  return inLanguageOf(locale, { en, de, fr, ar })
}
