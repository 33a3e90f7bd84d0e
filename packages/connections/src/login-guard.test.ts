import { expect, test } from 'vitest'
import { LoginGuard } from './login-guard.ts'

function request(kind: number, said = ''): Buffer {
  const body = Buffer.alloc(4)
  body.writeInt32BE(kind)
  return Buffer.concat([body, Buffer.from(said)])
}

const proper = [
  request(10, 'SCRAM-SHA-256\0\0'),
  request(11, 'r=abc,s=c2FsdA==,i=4096'),
  request(12, 'v=x'),
  request(0),
]

test('SCRAM is accepted, and complete only at its end', () => {
  const guard = new LoginGuard()
  for (const step of proper) {
    expect(guard.isComplete).toBe(false)
    expect(guard.refuse(step)).toBeUndefined()
  }
  expect(guard.isComplete).toBe(true)
})

test.each([
  ['trust', [request(0)]],
  ['clear text', [request(3)]],
  ['md5', [request(5, 'salt')]],
  ['a login without the proof of the server', [...proper.slice(0, 2), request(0)]],
  ['a step twice', [...proper.slice(0, 1), request(10)]],
  ['a second login', [...proper, request(3)]],
])('%s is refused', (_name, steps) => {
  const guard = new LoginGuard()
  expect(steps.map((step) => guard.refuse(step)).at(-1)).toBe('the server does not follow SCRAM')
})

test.each(['i=0', 'i=65537', 'i=9999999', 'i=-1', 'i=', 'i=1e5'])(
  'an iteration count of %j is refused, as it would freeze us or weaken the proof',
  (count) => {
    const guard = new LoginGuard()
    guard.refuse(request(10))
    expect(guard.refuse(request(11, `r=abc,s=c2FsdA==,${count}`))).toMatch(/SCRAM/)
  },
)
