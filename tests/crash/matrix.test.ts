import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../support/program.ts'
import { redisIsHere, temporaryRedis } from '../support/redis.ts'
import { matrix, runOf } from './matrix.ts'

const limit = { timeout: 400_000 }

describe.concurrent(`${matrix.length} runs of three platforms, the queue in Postgres`, () => {
  test.for(matrix)('$name', limit, async (cell) => {
    expect(await runOf(cell)).toEqual([])
  })
})

describe.runIf(redisIsHere)(`${matrix.length} runs of three platforms, the queue in Redis`, () => {
  let redis: Awaited<ReturnType<typeof temporaryRedis>>
  beforeAll(async () => {
    redis = await temporaryRedis(await freePort())
  })
  afterAll(() => redis[Symbol.asyncDispose]())
  test.concurrent.for(matrix)('$name', limit, async (cell) => {
    expect(await runOf(cell, { redisUrl: redis.url })).toEqual([])
  })
})
