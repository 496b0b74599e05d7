import { approve } from './approve.ts'
import { cancel } from './cancel.ts'
import type { Command } from './command.ts'
import { takeDown } from './delete.ts'
import { help } from './help.ts'
import { post } from './post.ts'
import { queue } from './queue.ts'
import { retry } from './retry.ts'
import { stats } from './stats.ts'
import { status } from './status.ts'
import { pause, resume } from './steer.ts'

/** Every command by its name; `/start` is what Telegram itself sends first. */
export const commands: Readonly<Record<string, Command>> = {
  start: help,
  help,
  queue,
  status,
  post,
  approve,
  retry,
  cancel,
  delete: takeDown,
  pause,
  resume,
  stats,
}
