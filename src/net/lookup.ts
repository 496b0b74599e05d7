import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './address.ts'

/** Said by `publicLookup` where a name leads to private addresses only. */
export const privateHost = 'EPRIVATE'

/**
 * Resolves a name for a socket and leaves out every address that is not public; so the address that was checked is
 * the address that is called, whatever the name says a moment later.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '')
    const reachable = addresses.filter(({ address }) => isPublicAddress(address))
    const [first] = reachable
    if (!first) return callback(Object.assign(new Error(privateHost), { code: privateHost }), '')
    if (options.all) return callback(null, reachable)
    return callback(null, first.address, first.family)
  })
}
