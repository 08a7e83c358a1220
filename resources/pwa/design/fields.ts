export * from '#pwa/design/controls'
export { Field } from '#pwa/design/field'
