import { filled, isFraction, minor } from '../expressions.ts'
import type { Given } from '../given.ts'
import { converted, copied, dropped, type TableMove } from '../table-move.ts'

export function opportunityLineItems({ company, isMoved }: Given): TableMove<'opportunity_line_items'> {
  const line = 'opportunity_line_items'
  const isRate = `${line}.tax_rate between 0 and 100`
  return {
    source: line,
    decisions: {
      id: copied('id'),
      tenant_id: dropped('the tenant database knows whose it is'),
      created_at: copied('created_at'),
      updated_at: copied('updated_at'),
      opportunity_id: copied('opportunity_id'),
      name: copied('name'),
      description: copied('description'),
      quantity: converted('one where it has none', 'quantity'),
      unit_price: converted('smallest unit of the currency', 'unit_price_minor', 'kind'),
      discount: converted('smallest unit of the currency', 'discount_minor'),
      tax_rate: converted('percent to parts per million', 'tax_ppm'),
      line_total: dropped('follows from quantity, price and discount'),
      sort_order: converted('zero where it has none', 'position'),
    },
    rejects: [
      {
        reason: 'belongs to an opportunity that does not exist or was not moved in',
        when: `${line}.opportunity_id is null or not ${isMoved('opportunities', `${line}.opportunity_id`)}`,
      },
      { reason: 'has no name', when: `${filled(`${line}.name`)} is null` },
      { reason: 'has no price', when: `${line}.unit_price is null` },
      {
        reason: 'has a quantity below zero, or none that is a number',
        when: `${line}.quantity < 0 or ${line}.quantity = 'NaN'`,
      },
      {
        reason: 'has an amount that its currency cannot say',
        when: `${isFraction(company, `${line}.unit_price`)} or ${isFraction(company, `${line}.discount`)}`,
      },
    ],
    parts: [
      {
        target: 'opportunity_line_items',
        values: {
          kind: `(case when ${line}.unit_price < 0 then 'discount' else 'custom' end)`,
          quantity: `coalesce(${line}.quantity, 1)`,
          unit_price_minor: minor(company, `${line}.unit_price`),
          discount_minor: minor(company, `coalesce(${line}.discount, 0)`),
          tax_ppm: {
            sql: `(case when ${isRate} then round(${line}.tax_rate * 10000)::integer else 0 end)`,
            lost: {
              column: 'tax_rate',
              reason: 'is not a rate between 0 and 100 percent',
              when: `${line}.tax_rate is not null and not ${isRate}`,
            },
          },
          position: `coalesce(${line}.sort_order, 0)`,
        },
      },
    ],
    references: [{ column: 'opportunity_id', to: 'opportunities' }],
  }
}
