/** A real server of Bluesky with one account, in a process of its own: told to the parent, ended with it. */
import { TestPds, TestPlc } from '@atproto/dev-env'
import Database from 'better-sqlite3'

keepStatements()
const account = {
  handle: 'gazette.test',
  email: 'redaction@gazette.test',
  password: 'only-on-this-machine',
}
const plc = await TestPlc.create({})
const pds = await TestPds.create({ didPlcUrl: plc.url })
const { data } = await pds.getAgent().com.atproto.server.createAccount(account)
process.on('disconnect', () => process.exit())
process.send?.({ url: pds.url, did: data.did, ...account })

/** Under Node 24.21 the store aborts the process when a statement of its is collected: so none ever is. */
function keepStatements() {
  const database = new Database(':memory:')
  const inner = Object.getOwnPropertySymbols(database).map((symbol) => database[symbol])
  const native = Object.getPrototypeOf(inner.find((one) => typeof one?.prepare === 'function'))
  const { prepare } = native
  const kept = []
  native.prepare = function (...given) {
    const statement = prepare.apply(this, given)
    kept.push(statement)
    return statement
  }
}
