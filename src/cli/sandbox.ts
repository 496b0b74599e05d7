import type { Config } from '../config/config.ts'
import type { Sandbox } from '../sandbox/host.ts'

/** With no account configured everything happens in the sandbox, which whoever needs it first hosts. */
export async function hostIfNeeded(config: Config): Promise<Sandbox | null> {
  if (config.accounts.length > 0) return null
  const { hostSandbox } = await import('../sandbox/host.ts')
  return hostSandbox(config.dataDir)
}
