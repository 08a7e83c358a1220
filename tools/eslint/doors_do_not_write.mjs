// A door (controller, transformer, routes, command, back office) changes records by calling use-cases. This rule knows
// no types, so it refuses the names of a model's writing methods on whatever it does not recognise as something else.
const ALWAYS_A_WRITE = new Set([
  'save',
  'saveQuietly',
  'saveMany',
  'merge',
  'createMany',
  'createQuietly',
  'createManyQuietly',
  'deleteQuietly',
  'forceDelete',
  'firstOrCreate',
  'updateOrCreate',
  'fetchOrCreateMany',
  'updateOrCreateMany',
])
const OFTEN_A_WRITE = new Set(['create', 'delete'])
const NOT_MODELS = new Set(['Object', 'Reflect', 'router', 'vine'])
const NOT_MODEL_CLASSES = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'URLSearchParams', 'Headers', 'FormData'])

export const doorsDoNotWrite = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { write: 'A door does not write: call a use-case instead of .{{name}}() (docs/map.md).' },
  },
  create(context) {
    return {
      CallExpression(node) {
        const name = methodName(node.callee)
        const isWrite = ALWAYS_A_WRITE.has(name) || (OFTEN_A_WRITE.has(name) && !isNoModel(node.callee.object, context))
        if (isWrite) context.report({ node: node.callee.property, messageId: 'write', data: { name } })
      },
    }
  },
}

function methodName(callee) {
  if (callee.type !== 'MemberExpression') return null
  if (!callee.computed) return callee.property.name
  return callee.property.type === 'Literal' ? String(callee.property.value) : null
}

function isNoModel(object, context) {
  if (object.type === 'NewExpression') return NOT_MODEL_CLASSES.has(object.callee.name)
  if (object.type === 'Identifier') return NOT_MODELS.has(object.name) || isMadeFromNoModel(object, context)
  if (object.type === 'MemberExpression' && object.object.type === 'ThisExpression') return isNoModelField(object)
  return false
}

function isMadeFromNoModel(identifier, context) {
  let scope = context.sourceCode.getScope(identifier)
  while (scope && !scope.set.has(identifier.name)) scope = scope.upper
  const definition = scope?.set.get(identifier.name).defs[0]?.node
  return definition?.type === 'VariableDeclarator' && holdsNoModel(definition.init, definition.id.typeAnnotation)
}

function isNoModelField({ property, parent }) {
  let node = parent
  while (node && node.type !== 'ClassBody') node = node.parent
  const field = node?.body.find((member) => member.type === 'PropertyDefinition' && member.key.name === property.name)
  return field !== undefined && holdsNoModel(field.value, field.typeAnnotation)
}

function holdsNoModel(value, typeAnnotation) {
  if (value?.type === 'NewExpression') return NOT_MODEL_CLASSES.has(value.callee.name)
  return NOT_MODEL_CLASSES.has(typeAnnotation?.typeAnnotation?.typeName?.name)
}
