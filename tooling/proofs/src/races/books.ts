/** Of which invoice, and how much. */
export interface Part {
  invoice: number
  amount: number
}

/** A quantity in thousandths, the price of one and the tax in parts per million. */
export interface Line {
  thousandths: number
  price: number
  taxPpm: number
}

/** What can happen to the invoices and payments of one account. Everything is counted from nought, by its kind. */
export type Step =
  | { do: 'issue'; lines: Line[] }
  | { do: 'pay' | 'begin'; amount: number; parts: Part[] }
  | { do: 'allocate'; payment: number; parts: Part[] }
  | { do: 'settle'; payment: number; outcome: 'succeeded' | 'failed' | 'cancelled' }
  | { do: 'refund'; payment: number; amount: number; parts?: Part[] | undefined }
  | { do: 'settleRefund'; refund: number; outcome: 'succeeded' | 'failed' }
  | { do: 'void' | 'writeOff'; invoice: number }
  | { do: 'credit'; invoice: number; amount: number }
  | { do: 'voidCredit'; note: number }

interface Invoice {
  total: number
  status: 'issued' | 'void' | 'written_off'
  paid: number
  credited: number
  /** What payments under way would pay of it. */
  pending: number
}

interface Payment {
  amount: number
  status: 'pending' | 'succeeded' | 'failed' | 'cancelled'
  /** Those that begin as pending are carried out by a provider, and so are their refunds. */
  isProviders: boolean
  refunded: number
  free: number
  /** What of it stands on which invoice. */
  on: Map<number, number>
}

interface Refund {
  payment: Payment
  amount: number
  parts: Part[]
  status: 'pending' | 'succeeded' | 'failed'
}

/** Books kept the naive way: numbers that are added and subtracted, one step after the other. */
export class Books {
  readonly #invoices: Invoice[] = []
  readonly #payments: Payment[] = []
  readonly #refunds: Refund[] = []
  readonly #notes: { invoice: Invoice; amount: number; isVoid: boolean }[] = []

  /** False for a step that the rules forbid; it changes nothing. */
  take(step: Step): boolean {
    switch (step.do) {
      case 'issue':
        this.#invoices.push({ total: totalOf(step.lines), status: 'issued', paid: 0, credited: 0, pending: 0 })
        return true
      case 'pay':
      case 'begin':
        return this.#pay(step)
      case 'allocate':
        return this.#allocate(step)
      case 'settle':
        return this.#settle(step)
      case 'refund':
        return this.#refund(step)
      case 'settleRefund':
        return this.#settleRefund(step)
      case 'void':
        return this.#change(step.invoice, (invoice) => {
          if (invoice.paid !== 0 || invoice.credited !== 0 || invoice.pending !== 0) return false
          invoice.status = 'void'
          return true
        })
      case 'writeOff':
        return this.#change(step.invoice, (invoice) => {
          if (balance(invoice) <= 0 || invoice.pending !== 0) return false
          invoice.status = 'written_off'
          return true
        })
      case 'credit':
        return this.#change(step.invoice, (invoice) => {
          if (step.amount > invoice.total - invoice.credited) return false
          invoice.credited += step.amount
          this.#notes.push({ invoice, amount: step.amount, isVoid: false })
          return true
        })
      case 'voidCredit': {
        const note = this.#notes[step.note]
        if (note === undefined || note.isVoid) return false
        note.isVoid = true
        note.invoice.credited -= note.amount
        return true
      }
    }
  }

  /** Of each invoice its status, what was paid and credited and what is left; of each payment what went back and what is free. */
  summary() {
    return {
      invoices: this.#invoices.map((invoice) => [
        invoice.status,
        invoice.paid,
        invoice.credited,
        invoice.status === 'issued' ? balance(invoice) : 0,
      ]),
      payments: this.#payments.map(({ status, refunded, free }) => [status, refunded, free]),
      refunds: this.#refunds.map(({ status, amount }) => [status, amount]),
    }
  }

  #pay({ do: how, amount, parts }: Extract<Step, { do: 'pay' | 'begin' }>): boolean {
    const sum = sumOf(parts)
    if (sum > amount || !this.#fit(parts)) return false
    const isProviders = how === 'begin'
    this.#each(parts, (invoice, part) => (invoice[isProviders ? 'pending' : 'paid'] += part))
    const on = new Map(parts.map((part) => [part.invoice, part.amount]))
    const status = isProviders ? 'pending' : 'succeeded'
    this.#payments.push({ amount, status, isProviders, refunded: 0, free: amount - sum, on })
    return true
  }

  #allocate({ payment: index, parts }: Extract<Step, { do: 'allocate' }>): boolean {
    const payment = this.#payments[index]
    if (payment?.status !== 'succeeded' || sumOf(parts) > payment.free || !this.#fit(parts)) return false
    payment.free -= sumOf(parts)
    this.#each(parts, (invoice, part) => (invoice.paid += part))
    for (const { invoice, amount } of parts) payment.on.set(invoice, (payment.on.get(invoice) ?? 0) + amount)
    return true
  }

  /** What is settled stays so, but for what was called off and came in all the same. */
  #settle({ payment: index, outcome }: Extract<Step, { do: 'settle' }>): boolean {
    const payment = this.#payments[index]
    if (payment === undefined) return false
    const { status } = payment
    if (status !== 'pending' && !(status === 'cancelled' && outcome === 'succeeded')) return true
    this.#each(onOf(payment), (invoice, part) => {
      if (status === 'pending') invoice.pending -= part
      if (outcome === 'succeeded') invoice.paid += part
    })
    payment.status = outcome
    return true
  }

  /** Where nothing is said: from what is free, then from the newest invoice. */
  #refund({ payment: index, amount, parts }: Extract<Step, { do: 'refund' }>): boolean {
    const payment = this.#payments[index]
    if (payment?.status !== 'succeeded' || amount > payment.amount - payment.refunded) return false
    const taken = parts ?? fromNewest(payment, amount - Math.min(amount, payment.free))
    const stands = taken.every((part) => part.amount <= (payment.on.get(part.invoice) ?? 0))
    const sum = sumOf(taken)
    if (!stands || sum > amount || amount - sum > payment.free) return false
    const refund: Refund = { payment, amount, parts: taken, status: payment.isProviders ? 'pending' : 'succeeded' }
    this.#refunds.push(refund)
    takeFrom(refund, 1)
    if (refund.status === 'succeeded') this.#each(taken, (invoice, part) => (invoice.paid -= part))
    return true
  }

  #settleRefund({ refund: index, outcome }: Extract<Step, { do: 'settleRefund' }>): boolean {
    const refund = this.#refunds[index]
    if (refund === undefined) return false
    if (refund.status !== 'pending') return true
    refund.status = outcome
    if (outcome === 'succeeded') this.#each(refund.parts, (invoice, part) => (invoice.paid -= part))
    else takeFrom(refund, -1)
    return true
  }

  #fit(parts: readonly Part[]): boolean {
    return parts.every((part) => {
      const invoice = this.#invoices[part.invoice]
      return invoice?.status === 'issued' && part.amount <= balance(invoice) - invoice.pending
    })
  }

  #each(parts: readonly Part[], change: (invoice: Invoice, amount: number) => void): void {
    for (const part of parts) {
      const invoice = this.#invoices[part.invoice]
      if (invoice) change(invoice, part.amount)
    }
  }

  #change(index: number, change: (invoice: Invoice) => boolean): boolean {
    const invoice = this.#invoices[index]
    return invoice?.status === 'issued' ? change(invoice) : false
  }
}

/** As people do it: line by line, a half up. */
export function totalOf(lines: readonly Line[]): number {
  return lines.reduce((total, { thousandths, price, taxPpm }) => {
    const net = Math.floor((thousandths * price + 500) / 1_000)
    return total + net + Math.floor((net * taxPpm + 500_000) / 1_000_000)
  }, 0)
}

function takeFrom({ payment, amount, parts }: Refund, sign: 1 | -1): void {
  payment.refunded += sign * amount
  payment.free -= sign * (amount - sumOf(parts))
  for (const part of parts) payment.on.set(part.invoice, (payment.on.get(part.invoice) ?? 0) - sign * part.amount)
}

function fromNewest(payment: Payment, wanted: number): Part[] {
  let rest = wanted
  const taken: Part[] = []
  for (const { invoice, amount: stands } of onOf(payment).toSorted((a, b) => b.invoice - a.invoice)) {
    const amount = Math.min(rest, stands)
    if (amount > 0) taken.push({ invoice, amount })
    rest -= amount
  }
  return taken
}

function onOf({ on }: Payment): Part[] {
  return [...on].map(([invoice, amount]) => ({ invoice, amount }))
}

function sumOf(parts: readonly Part[]): number {
  return parts.reduce((total, { amount }) => total + amount, 0)
}

function balance({ total, paid, credited }: Invoice): number {
  return total - paid - credited
}
