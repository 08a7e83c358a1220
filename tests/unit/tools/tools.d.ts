// The tools are plain JavaScript, so that they run before anything is installed; they carry their types as comments.
declare module '*.mjs'
