import { accessWithin, type Access } from './access.ts'
import { AuditRepository } from './audit/repository.ts'
import { DataSourcesRepository } from './data-sources/repository.ts'
import { GrantsRepository } from './grants/repository.ts'
import { MembershipsRepository } from './memberships/repository.ts'
import { SessionsRepository } from './sessions/repository.ts'
import { TenantsRepository } from './tenants/repository.ts'
import { SignInThrottleRepository } from './throttle/repository.ts'
import { UsersRepository } from './users/repository.ts'

export type HashPassword = (password: string) => Promise<string>

/** The application database as a set of repositories and nothing else: no table, no SQL, no way to the connection. */
export class AppDb {
  readonly #access: Access
  readonly #hashPassword: HashPassword
  readonly users: UsersRepository
  readonly sessions: SessionsRepository
  readonly memberships: MembershipsRepository
  readonly tenants: TenantsRepository
  readonly dataSources: DataSourcesRepository
  readonly audit: AuditRepository
  readonly signInThrottle: SignInThrottleRepository
  readonly #grants: GrantsRepository | undefined

  constructor(access: Access, hashPassword: HashPassword, grants?: GrantsRepository) {
    this.#access = access
    this.#hashPassword = hashPassword
    this.users = new UsersRepository(access)
    this.sessions = new SessionsRepository(access)
    this.memberships = new MembershipsRepository(access, hashPassword)
    this.tenants = new TenantsRepository(access)
    this.dataSources = new DataSourcesRepository(access)
    this.audit = new AuditRepository(access)
    this.signInThrottle = new SignInThrottleRepository(access)
    this.#grants = grants
  }

  /** Always commits by itself: an entry that rolled back with its transaction would leave a grant nobody knows of. */
  get grants(): GrantsRepository {
    return this.#grants ?? new GrantsRepository(this.#access)
  }

  /** One transaction; the handle given to `work` is dead when it ends. */
  transaction<T>(work: (db: AppDb) => Promise<T>): Promise<T> {
    return this.#access.write((tx) => work(new AppDb(accessWithin(tx), this.#hashPassword, this.grants)))
  }
}
