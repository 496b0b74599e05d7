/** Rules of this house that oxlint does not bring: `.oxlintrc.json` says where each holds. */

/** `object.name` of a member expression, also where the name is written in brackets. */
function memberOf(node) {
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return null
  const name = node.computed ? node.property.value : node.property.name
  return { object: node.object.name, name }
}

const ambient = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
])
const randomImports = new Set(['randomUUID', 'randomBytes', 'randomInt', 'randomFillSync'])

const noAmbientTime = {
  create(context) {
    const report = (node, what) =>
      context.report({
        node,
        message: `${what}: time and randomness come in as arguments here, so that a test decides both.`,
      })
    return {
      NewExpression(node) {
        const bare = node.callee.type === 'Identifier' && node.callee.name === 'Date'
        if (bare && node.arguments.length === 0) report(node, 'new Date()')
      },
      MemberExpression(node) {
        const member = memberOf(node)
        const name = member && `${member.object}.${member.name}`
        if (ambient.has(name)) report(node, name)
      },
      ImportSpecifier(node) {
        if (!/^(node:)?crypto$/.test(node.parent.source.value)) return
        if (randomImports.has(node.imported.name)) report(node, node.imported.name)
      },
    }
  },
}

const mocks = /^(mock|doMock|unmock|doUnmock|hoisted|importMock|stubGlobal|stubEnv)$/

const noModuleMocks = {
  create(context) {
    return {
      MemberExpression(node) {
        const member = memberOf(node)
        if (!/^(vi|vitest)$/.test(member?.object) || !mocks.test(member.name)) return
        context.report({
          node,
          message: `vi.${member.name}: nothing mocks a module or a global; tests run the real parts over HTTP.`,
        })
      },
    }
  },
}

const timers = new Set(['setTimeout', 'setInterval', 'setImmediate'])
const sleepers = /^(node:)?timers(\/promises)?$/

const noSleep = {
  create(context) {
    const report = (node, what) =>
      context.report({
        node,
        message: `${what}: no test sleeps; wait on what is to happen (an event, the store's changes), with AbortSignal.timeout as the limit.`,
      })
    return {
      CallExpression(node) {
        const { callee } = node
        if (callee.type === 'Identifier' && timers.has(callee.name)) report(node, callee.name)
      },
      MemberExpression(node) {
        const member = memberOf(node)
        if (member?.object === 'globalThis' && timers.has(member.name)) report(node, member.name)
        if (member?.object === 'Atomics' && member.name === 'wait') report(node, 'Atomics.wait')
      },
      ImportDeclaration(node) {
        if (sleepers.test(node.source.value)) report(node, node.source.value)
      },
      ImportExpression(node) {
        if (sleepers.test(node.source.value ?? '')) report(node, node.source.value)
      },
    }
  },
}

export default {
  meta: { name: 'house' },
  rules: {
    'no-ambient-time': noAmbientTime,
    'no-module-mocks': noModuleMocks,
    'no-sleep': noSleep,
  },
}
