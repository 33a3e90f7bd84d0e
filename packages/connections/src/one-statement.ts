import type { DriverRows } from './driver.ts'
import { executorOver, type Executor } from './executor.ts'
import type { Link } from './link.ts'
import { CallbackTooLong } from './link-failures.ts'
import type { Send } from './plan.ts'
import type { Guard } from './transaction.ts'
import { handleClosed, rolledBack, unknownOutcome } from './transaction-failures.ts'
import { translateFailure } from './translate.ts'

/**
 * A transaction of one statement on one lent link: BEGIN, the statement and COMMIT travel together, in one round trip
 * instead of two. The statement's promise is settled when the server has said what became of the commit, so what the
 * callback does afterwards cannot take it back. A second statement is refused (HANDLE_CLOSED), as is a savepoint.
 */
export async function performOneStatement<T>(
  link: Link,
  work: (tx: Executor) => Promise<T>,
  { timeoutMs, guard }: { timeoutMs: number; guard: Guard | undefined },
): Promise<T> {
  let sent: 'nothing' | 'waiting' | 'answered' = 'nothing'
  let ended = false
  const send: Send = async (text, parameters, form) => {
    if (ended) throw handleClosed('the transaction is over')
    if (sent !== 'nothing') throw handleClosed('a transaction of one statement has had its statement')
    sent = 'waiting'
    try {
      return await sendWithCommit(link, [text, parameters, form], guard)
    } finally {
      sent = 'answered'
    }
  }
  const savepoint = () => Promise.reject(handleClosed('a transaction of one statement has no savepoints'))
  const timer = setTimeout(() => link.kill(new CallbackTooLong('the transaction took too long')), timeoutMs)
  try {
    const result = await work(executorOver(send, savepoint))
    // Set by `send`, which the callback may have called and not awaited.
    if ((sent as string) === 'waiting') throw handleClosed('the statement was not awaited')
    return result
  } finally {
    ended = true
    clearTimeout(timer)
  }
}

async function sendWithCommit(link: Link, statement: Parameters<Send>, guard: Guard | undefined): Promise<DriverRows> {
  if (link.dead) throw link.dead
  link.committed = false
  const [begun, guarded, answer, end] = await Promise.allSettled([
    link.run('begin read write', [], 'script'),
    guard && link.run(guard.text, guard.parameters, 'objects'),
    link.run(...statement),
    link.run('commit', [], 'script'),
  ])
  if (link.dead) {
    if (link.committed && answer.status === 'fulfilled') return answer.value
    throw unknownOutcome(link.dead)
  }
  for (const step of [begun, guarded, answer, end]) if (step.status === 'rejected') throw translateFailure(step.reason)
  if (answer.status === 'rejected' || end.status === 'rejected') throw rolledBack(undefined)
  if (end.value.command !== 'COMMIT') throw rolledBack(end.value.command)
  return answer.value
}
