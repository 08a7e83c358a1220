import { BaseDatabase } from 'adminjs'

/** There is none that AdminJS may look into: every resource is declared. */
export class UseCaseDatabase extends BaseDatabase {
  static override isAdapterFor() {
    return false
  }

  override resources() {
    return []
  }
}
