/** Somebody who takes money from a card or an account. Its form, not ours, sees the customer's details. */
export interface PaymentProvider {
  /** Stands in every payment that it has carried out. */
  readonly name: string
  /**
   * Takes the amount, once per key: asked again with the same key it says what became of the first request. Rejects when it
   * does not know.
   */
  charge(request: Charge): Promise<Outcome>
}

export interface Charge {
  key: string
  amountMinor: number
  currency: string
  /** What the provider's form gave for the customer's card or account. */
  source: string
  description: string
}

/** `pending` is settled later, by the same request again. */
export interface Outcome {
  status: 'succeeded' | 'failed' | 'pending'
  /** The provider's own id of it. */
  reference: string
}
