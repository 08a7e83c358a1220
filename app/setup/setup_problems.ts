import { Conflict, Unavailable } from '#app/core/problem'

export class PortTaken extends Conflict {
  constructor(port: number) {
    super('port_taken', { extra: { port } })
  }
}
export class PortRefused extends Unavailable {
  constructor(host: string, port: number, reason: string) {
    super('port_refused', { extra: { host, port, reason } })
  }
}
export class FolderNotWritable extends Unavailable {
  constructor(folder: string, reason: string) {
    super('folder_not_writable', { extra: { folder, reason } })
  }
}
