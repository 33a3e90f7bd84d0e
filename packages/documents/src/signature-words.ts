import type { SignatureKind } from '@tenantry/contracts/contracts'
import { inLanguageOf } from './languages.ts'

/** What is said about signatures: the sentences that signers agree to, and what stands beneath what was signed. */
export interface SignatureWords {
  consent: Record<SignatureKind, string>
  evidence: string
  signer: string
  agreedTo: string
  at: string
  from: string
}

const en: SignatureWords = {
  consent: {
    typed: 'I have read this contract and agree to it. My typed name is my signature.',
    drawn: 'I have read this contract and agree to it. What I have drawn is my signature.',
  },
  evidence: 'How it was signed',
  signer: 'Signer',
  agreedTo: 'Agreed to',
  at: 'Time',
  from: 'Internet address',
}

const de: SignatureWords = {
  consent: {
    typed: 'Ich habe diesen Vertrag gelesen und stimme ihm zu. Mein getippter Name ist meine Unterschrift.',
    drawn: 'Ich habe diesen Vertrag gelesen und stimme ihm zu. Was ich gezeichnet habe, ist meine Unterschrift.',
  },
  evidence: 'Wie unterschrieben wurde',
  signer: 'Unterzeichner',
  agreedTo: 'Zugestimmt',
  at: 'Zeitpunkt',
  from: 'Internetadresse',
}

const fr: SignatureWords = {
  consent: {
    typed: "J'ai lu ce contrat et je l'accepte. Mon nom tapé vaut signature.",
    drawn: "J'ai lu ce contrat et je l'accepte. Ce que j'ai dessiné vaut signature.",
  },
  evidence: 'Comment il a été signé',
  signer: 'Signataire',
  agreedTo: 'A accepté',
  at: 'Heure',
  from: 'Adresse Internet',
}

const ar: SignatureWords = {
  consent: {
    typed: 'قرأت هذا العقد وأوافق عليه. اسمي المكتوب هو توقيعي.',
    drawn: 'قرأت هذا العقد وأوافق عليه. ما رسمته هو توقيعي.',
  },
  evidence: 'كيف تم التوقيع',
  signer: 'الموقّع',
  agreedTo: 'وافق على',
  at: 'الوقت',
  from: 'عنوان الإنترنت',
}

export function signatureWordsOf(locale: string): SignatureWords {
  return inLanguageOf(locale, { en, de, fr, ar })
}
