/** Somebody who takes money from a card or an account. Its form, not ours, sees the customer's details. */
export interface PaymentProvider {
  /** Stands in every payment that it has carried out. */
  readonly name: string
  /**
   * Takes the amount, once per key: asked again with the same key it says what became of the first request. Rejects when it
   * does not know.
   */
  charge(request: Charge): Promise<Outcome>
  /** Gives back of what a charge has taken, in the same way. */
  refund(request: GivingBack): Promise<Outcome>
  /**
   * What became of the charge or refund with this key; undefined when there was none. Asking changes nothing. Rejects when it
   * does not know.
   */
  find(key: string): Promise<Outcome | undefined>
}

export interface Charge {
  key: string
  amountMinor: number
  currency: string
  /** What the provider's form gave for the customer's card or account. */
  source: string
  description: string
}

export interface GivingBack {
  key: string
  /** The key of the charge that is given back. */
  chargeKey: string
  amountMinor: number
  currency: string
}

/** `pending` is settled later: by the same request again, or by asking what became of it. */
export interface Outcome {
  status: 'succeeded' | 'failed' | 'pending'
  /** The provider's own id of it. */
  reference: string
}
