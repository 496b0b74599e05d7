import { type Answer, type Arrival, json } from '../answer.ts'
import { fieldsOf } from '../body.ts'
import { type Member, shownOwner } from './accounts.ts'
import { edit, remove } from './change.ts'
import { instanceInfo } from './instance.ts'
import { type Instance, publish } from './publish.ts'
import { shownMedia } from './media.ts'
import { lost, refused, within } from './refusals.ts'
import { pageOf, shownStatus, wantedOf } from './status.ts'
import { counted, listed, several, visible } from './timeline.ts'
import { allowed, memberOf } from './tokens.ts'

/** What is at an address of the instance. Throws as the instance refuses. */
export async function route(arrival: Arrival, server: Instance): Promise<Answer> {
  const { method, path, origin, query } = arrival
  const member = memberOf(arrival, server.members)
  const [, account] = /^\/api\/v1\/accounts\/(\d+)\/statuses$/.exec(path) ?? []
  const [, status] = /^\/api\/v1\/statuses\/(\d+)$/.exec(path) ?? []
  const [, media] = /^\/api\/v1\/media\/(\d+)$/.exec(path) ?? []
  const [, page] = /^\/@\w+\/(\d+)$/.exec(path) ?? []
  const place = `${method} ${path}`
  if (place === 'GET /api/v2/instance') return json(200, instanceInfo(origin, server.maxCharacters))
  if (place === 'GET /api/v1/accounts/verify_credentials') {
    const own = allowed(member, 'read:accounts', 'profile')
    return json(200, shownOwner(own, origin))
  }
  if (place === 'GET /api/v1/apps/verify_credentials') {
    const { scopes } = allowed(member)
    return json(200, { id: '1', name: 'Crieur', website: null, scopes, redirect_uris: [] })
  }
  if (place === 'POST /api/v1/statuses')
    return post(arrival, allowed(member, 'write:statuses'), server)
  if (status !== undefined && (method === 'PUT' || method === 'DELETE'))
    return changed(status, arrival, allowed(member, 'write:statuses'), server)
  if (method === 'GET' && account !== undefined) {
    if (member) allowed(member, 'read:statuses')
    return listed(account, query, { member, origin, instance: server })
  }
  if (method === 'GET' && status !== undefined) {
    if (member) allowed(member, 'read:statuses')
    return json(200, counted(visible(status, member, server), origin, server))
  }
  if (place === 'GET /api/v1/statuses' && server.severalAtOnce) {
    if (member) allowed(member, 'read:statuses')
    return several(query, { member, origin, instance: server })
  }
  if (method === 'GET' && page !== undefined) {
    const { post: found, author } = visible(page, member, server)
    return pageOf(shownStatus(found, author, origin, server).content)
  }
  if (place === 'POST /api/v2/media') {
    const owner = allowed(member, 'write:media')
    return upload(arrival, owner, server)
  }
  if (media !== undefined && (method === 'GET' || method === 'PUT'))
    return uploaded(media, arrival, allowed(member, 'write:media'), server)
  throw lost(arrival)
}

/** 202 where the picture has still to be processed (M api/v2/media_controller.rb). */
async function upload(arrival: Arrival, owner: Member, server: Instance): Promise<Answer> {
  const headers = within(server.uploads.spend(owner.id, 1, arrival.at))
  const media = await server.media.upload(owner.id, await fieldsIn(arrival))
  return json(media.polls > 0 ? 202 : 200, shownMedia(media, arrival.origin), headers)
}

/** 206 while it is processed (M api/v1/media_controller.rb). */
async function uploaded(
  id: string,
  arrival: Arrival,
  { id: owner }: Member,
  { media }: Instance,
): Promise<Answer> {
  const found =
    arrival.method === 'GET'
      ? media.poll(owner, id)
      : media.describe(owner, id, await fieldsIn(arrival))
  return json(found.polls > 0 ? 206 : 200, shownMedia(found, arrival.origin))
}

async function changed(
  id: string,
  arrival: Arrival,
  author: Member,
  instance: Instance,
): Promise<Answer> {
  const { method, at, origin } = arrival
  const isEdit = method === 'PUT'
  const { post: found, headers } = isEdit
    ? edit(id, await fieldsIn(arrival), { author, at, origin, instance })
    : remove(id, { author, at, instance })
  const shown = counted({ post: found, author }, origin, instance)
  return json(200, isEdit ? shown : { ...shown, text: wantedOf(found.wire).text }, headers)
}

async function fieldsIn(arrival: Arrival): Promise<Record<string, unknown>> {
  const fields = await fieldsOf(arrival)
  if (fields === null) throw refused('malformed', '', { fields: { status: 400 } })
  return fields
}

async function post(arrival: Arrival, author: Member, instance: Instance): Promise<Answer> {
  const fields = await fieldsIn(arrival)
  const { at, origin } = arrival
  const header = arrival.headers['idempotency-key']
  const key = typeof header === 'string' && header !== '' ? header : null
  const made = await publish(fields, key, { author, at, origin, instance })
  return json(200, shownStatus(made.post, author, origin, instance), made.headers)
}
