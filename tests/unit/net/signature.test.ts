import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { type SignedHeaders, verify } from '../../../src/net/signature.ts'

/** The example that the tools of Standard Webhooks are tried with. */
const secret = [...Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')]
const headers: SignedHeaders = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: '1614265330',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}
const body = Buffer.from('{"test": 2432232314}')
const then = new Date(1_614_265_330_000)
const wrong = { ok: false, why: 'signature-wrong' }

const after = (seconds: number) => new Date(then.getTime() + seconds * 1000)
const check = (changes: Partial<SignedHeaders>, now = then, of: Uint8Array = body) =>
  verify(secret, { ...headers, ...changes }, of, now)
const sign = (content: string | Buffer, key: Buffer = Buffer.from(secret)) =>
  `v1,${createHmac('sha256', key).update(content).digest('base64')}`

test('the known example is right, and tells the message’s id', () => {
  expect(check({})).toEqual({ ok: true, id: headers.id })
})

test('letters beyond ASCII are signed as the bytes they are sent as', () => {
  const key = [...Buffer.from('a town crier reads this aloud, ok')]
  const signature = 'v1,uvp1RvXleRPRpSBfe2YsDtpk2TecovhXW2UZckFn1x4='
  const sent = Buffer.from('{"title":"L’écluse"}')
  const signed = { id: 'msg_1', timestamp: '1770199920', signature }
  expect(verify(key, signed, sent, new Date(1_770_199_920_000))).toEqual({ ok: true, id: 'msg_1' })
})

test('five minutes either way are tolerated, and not a second more', () => {
  for (const seconds of [-300, 0, 300]) expect(check({}, after(seconds)).ok).toBe(true)
  for (const seconds of [-301, 301, 86_400]) {
    expect(check({}, after(seconds))).toEqual({ ok: false, why: 'signature-old' })
  }
})

test('another body, id, moment or secret is wrong', () => {
  expect(check({}, then, Buffer.from('{"test": 2432232315}'))).toEqual(wrong)
  expect(check({}, then, Buffer.from('{"test": 2432232314} '))).toEqual(wrong)
  expect(check({ id: 'msg_other' })).toEqual(wrong)
  expect(check({ timestamp: '1614265331' })).toEqual(wrong)
  const other = [...secret.slice(1), 0]
  expect(verify(other, headers, body, then)).toEqual(wrong)
})

test('of several signatures one must be right, wherever it stands', () => {
  const right = headers.signature
  const no = `v1,${Buffer.alloc(32).toString('base64')}`
  expect(check({ signature: `${no} ${right}` }).ok).toBe(true)
  expect(check({ signature: `${right} v1a,abc` }).ok).toBe(true)
  expect(check({ signature: `${no} ${no}` })).toEqual(wrong)
})

test.each([
  'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  'v1,',
  'v1,g0hM9SsE',
  'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=AAAA',
  '',
])('%j is no signature', (signature) => {
  expect(check({ signature })).toEqual(wrong)
})

test.each(['id', 'timestamp', 'signature'])('without %s it is not signed', (name) => {
  expect(check({ [name]: undefined })).toEqual({ ok: false, why: 'signature-missing' })
})

test('an id or a moment that nobody should keep is wrong, however well it is signed', () => {
  const ids = ['', 'a b', 'é', 'x'.repeat(201)]
  for (const id of ids) {
    const signature = sign(Buffer.concat([Buffer.from(`${id}.${headers.timestamp}.`), body]))
    expect(check({ id, signature })).toEqual(wrong)
  }
  for (const timestamp of ['', '1614265330.5', '-1', '1e9', ' 1614265330', '0x60380272']) {
    const signature = sign(Buffer.concat([Buffer.from(`${headers.id}.${timestamp}.`), body]))
    expect(check({ timestamp, signature })).toEqual(wrong)
  }
})
