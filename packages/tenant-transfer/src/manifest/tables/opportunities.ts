import { day, filled, isFraction, literal, member, minor } from '../expressions.ts'
import { pointer, type Given } from '../given.ts'
import { chanceOf, forecastOf, outcomeOf, pipelineId, stageId } from '../stages.ts'
import { converted, copied, dropped, type TableMove } from '../table-move.ts'
import { plain } from '../expressions.ts'

export function opportunities(given: Given): TableMove<'opportunities'> {
  const { company } = given
  const stage = 'opportunities.stage'
  const outcome = outcomeOf(stage)
  const chance = chanceOf(stage)
  const isOwnChance = `${outcome} is null and opportunities.probability between 0 and 100`
  return {
    source: 'opportunities',
    decisions: {
      id: copied('id'),
      tenant_id: dropped('the tenant database knows whose it is'),
      created_at: copied('created_at'),
      updated_at: converted('also when the stage was entered', 'updated_at', 'stage_entered_at'),
      name: copied('name'),
      account_id: converted('only accounts that are there', 'account_id'),
      contact_id: converted('only contacts that are there', 'contact_id'),
      stage: converted('a stage of the pipeline «Moved in»', 'pipeline_id', 'stage_id', 'outcome', 'forecast_category'),
      amount: converted('smallest unit of the currency of the company', 'amount_minor', 'currency'),
      probability: converted('that of the stage where it has none', 'probability', 'probability_overridden'),
      close_date: converted('only what is a day', 'expected_close_on'),
      closed_at: converted('of closed ones; the last change where it was not recorded', 'closed_at'),
      lost_reason: converted('lost ones need one', 'lost_reason'),
      next_step: copied('next_step'),
      event_type: copied('event_type'),
      assigned_to: converted('only people of the company', 'owner_id'),
    },
    rejects: [
      { reason: 'has no name', when: `${filled('opportunities.name')} is null` },
      { reason: 'has no stage', when: `coalesce(${plain(stage)}, '') = ''` },
      { reason: 'has an amount below zero', when: 'opportunities.amount < 0' },
      { reason: 'has an amount that its currency cannot say', when: isFraction(company, 'opportunities.amount') },
    ],
    parts: [
      {
        target: 'opportunities',
        values: {
          updated_at: 'opportunities.updated_at',
          stage_entered_at: 'opportunities.updated_at',
          pipeline_id: pipelineId(company),
          stage_id: stageId(stage),
          account_id: pointer(given, 'opportunities', 'account_id', 'accounts'),
          contact_id: pointer(given, 'opportunities', 'contact_id', 'contacts'),
          owner_id: member(company, 'opportunities', 'assigned_to'),
          amount_minor: minor(company, 'coalesce(opportunities.amount, 0)'),
          currency: literal(company.currency),
          expected_close_on: day('opportunities', 'close_date'),
          probability: {
            sql: `(case when ${isOwnChance} then opportunities.probability else ${chance} end)`,
            lost: {
              column: 'probability',
              reason: 'does not fit its stage, whose own was taken',
              when: `opportunities.probability is not null and opportunities.probability <> ${chance} and not coalesce(${isOwnChance}, false)`,
            },
          },
          probability_overridden: `coalesce(${isOwnChance} and opportunities.probability <> ${chance}, false)`,
          forecast_category: forecastOf(stage),
          outcome,
          closed_at: {
            sql: `(case when ${outcome} is not null then coalesce(opportunities.closed_at, opportunities.updated_at) end)`,
            lost: { column: 'closed_at', reason: 'stands on one whose stage is not closed' },
          },
          lost_reason: `(case when ${outcome} = 'lost' then coalesce(${filled('opportunities.lost_reason')}, 'not recorded') else ${filled('opportunities.lost_reason')} end)`,
        },
      },
    ],
    references: [
      { column: 'account_id', to: 'accounts' },
      { column: 'contact_id', to: 'contacts' },
    ],
  }
}
