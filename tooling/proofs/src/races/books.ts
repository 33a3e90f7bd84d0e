/** What can happen to the invoices and payments of one account. Invoices and payments are counted from nought. */
export type Step =
  | { do: 'issue'; amount: number }
  | { do: 'pay'; amount: number; parts: { invoice: number; amount: number }[] }
  | { do: 'refund'; payment: number; amount: number }
  | { do: 'void' | 'writeOff'; invoice: number }
  | { do: 'credit'; invoice: number; amount: number }

interface Invoice {
  total: number
  status: 'issued' | 'void' | 'written_off'
  paid: number
  credited: number
}

interface Payment {
  amount: number
  refunded: number
  free: number
  /** What of it stands on which invoice. */
  on: Map<number, number>
}

/** Books kept the naive way: numbers that are added and subtracted, one step after the other. */
export class Books {
  readonly #invoices: Invoice[] = []
  readonly #payments: Payment[] = []

  /** False for a step that the rules forbid; it changes nothing. */
  take(step: Step): boolean {
    switch (step.do) {
      case 'issue':
        this.#invoices.push({ total: step.amount, status: 'issued', paid: 0, credited: 0 })
        return true
      case 'pay':
        return this.#pay(step)
      case 'refund':
        return this.#refund(step)
      case 'void':
        return this.#change(step.invoice, (invoice) => {
          if (invoice.paid !== 0 || invoice.credited !== 0) return false
          invoice.status = 'void'
          return true
        })
      case 'writeOff':
        return this.#change(step.invoice, (invoice) => {
          if (open(invoice) <= 0) return false
          invoice.status = 'written_off'
          return true
        })
      case 'credit':
        return this.#change(step.invoice, (invoice) => {
          if (step.amount > invoice.total - invoice.credited) return false
          invoice.credited += step.amount
          return true
        })
    }
  }

  /** Of each invoice its status, what was paid and credited and what is left; of each payment what went back and what is free. */
  summary() {
    return {
      invoices: this.#invoices.map((invoice) => [
        invoice.status,
        invoice.paid,
        invoice.credited,
        invoice.status === 'issued' ? open(invoice) : 0,
      ]),
      payments: this.#payments.map(({ refunded, free }) => [refunded, free]),
    }
  }

  #pay({ amount, parts }: Extract<Step, { do: 'pay' }>): boolean {
    const sum = parts.reduce((total, part) => total + part.amount, 0)
    const fits = parts.every((part) => {
      const invoice = this.#invoices[part.invoice]
      return invoice?.status === 'issued' && part.amount <= open(invoice)
    })
    if (sum > amount || !fits) return false
    for (const part of parts) {
      const invoice = this.#invoices[part.invoice]
      if (invoice) invoice.paid += part.amount
    }
    const on = new Map(parts.map((part) => [part.invoice, part.amount]))
    this.#payments.push({ amount, refunded: 0, free: amount - sum, on })
    return true
  }

  /** From what is free, then from the newest invoice. */
  #refund({ payment: index, amount }: Extract<Step, { do: 'refund' }>): boolean {
    const payment = this.#payments[index]
    if (payment === undefined || amount > payment.amount - payment.refunded) return false
    payment.refunded += amount
    let rest = amount - Math.min(amount, payment.free)
    payment.free -= amount - rest
    for (const at of [...payment.on.keys()].toSorted((a, b) => b - a)) {
      const part = Math.min(rest, payment.on.get(at) ?? 0)
      const invoice = this.#invoices[at]
      if (invoice) invoice.paid -= part
      payment.on.set(at, (payment.on.get(at) ?? 0) - part)
      rest -= part
    }
    return true
  }

  #change(index: number, change: (invoice: Invoice) => boolean): boolean {
    const invoice = this.#invoices[index]
    return invoice?.status === 'issued' ? change(invoice) : false
  }
}

function open({ total, paid, credited }: Invoice): number {
  return total - paid - credited
}
