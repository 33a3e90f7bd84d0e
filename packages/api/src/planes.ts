import type { Account, AccountInput, AccountListQuery, AccountPatch } from '@tenantry/contracts/accounts'
import type { Contact, ContactInput, ContactListQuery, ContactPatch, ContactSummary } from '@tenantry/contracts/contacts'
import type { DataSourceView } from '@tenantry/contracts/data-source'
import type { AccountId, ContactId, OpportunityId, PipelineId, SessionId, TenantId, UserId } from '@tenantry/contracts/ids'
import type {
  Opportunity, OpportunityBoard, OpportunityBoardQuery, OpportunityInput, OpportunityListQuery, OpportunityMove, OpportunityPatch, StageChange,
} from '@tenantry/contracts/opportunities'
import type { Count, Page } from '@tenantry/contracts/pages'
import type { Pipeline, PipelineInput, PipelinePatch } from '@tenantry/contracts/pipelines'
import type { RecordChange } from '@tenantry/contracts/record'
import type { Role } from '@tenantry/contracts/roles'
import type { SessionListItem, TenantSummary } from '@tenantry/contracts/session'
import type { AuditEntry, AuditListQuery, Member, MemberInput, MemberStatus, TenantSettings, TenantSettingsPatch } from '@tenantry/contracts/tenants'

/* Structural stand-ins for the handles of both planes. */
interface RecordsReader<Id, Row, Summary, Query> {
  list(query: Query): Promise<Page<Summary>>
  count(query: Query): Promise<Count>
  byId(id: Id): Promise<Row>
  timeline(id: Id, page: { cursor?: string | null | undefined; limit: number }): Promise<Page<RecordChange>>
}
interface RecordsWriter<Id, Row, Summary, Query, Input, Patch> extends RecordsReader<Id, Row, Summary, Query> {
  create(input: Input): Promise<Row>
  patch(input: { id: Id; version: number; patch: Patch }): Promise<Row>
  archive(at: { id: Id; version: number }): Promise<Row>
  unarchive(at: { id: Id; version: number }): Promise<Row>
  remove(at: { id: Id; version: number }): Promise<Row>
  restore(at: { id: Id; version: number }): Promise<Row>
  undo(id: Id, changeId: string): Promise<Row>
}
interface OpportunitiesReader extends RecordsReader<OpportunityId, Opportunity, Opportunity, OpportunityListQuery> {
  board(query: OpportunityBoardQuery): Promise<OpportunityBoard>
  stageHistory(id: OpportunityId): Promise<StageChange[]>
}
export interface MemberRef { userId: UserId; name: string; role: Role | null; isActive: boolean }

export interface TenantReader {
  accounts: RecordsReader<AccountId, Account, Account, AccountListQuery>
  contacts: RecordsReader<ContactId, Contact, ContactSummary, ContactListQuery>
  opportunities: OpportunitiesReader
  pipelines: { list(): Promise<Pipeline[]> }
  memberRefs: { list(): Promise<MemberRef[]> }
}
export interface TenantDb extends TenantReader {
  accounts: RecordsWriter<AccountId, Account, Account, AccountListQuery, AccountInput, AccountPatch>
  contacts: RecordsWriter<ContactId, Contact, ContactSummary, ContactListQuery, ContactInput, ContactPatch>
  opportunities: OpportunitiesReader &
    RecordsWriter<OpportunityId, Opportunity, Opportunity, OpportunityListQuery, OpportunityInput, OpportunityPatch> & {
      move(input: OpportunityMove): Promise<Opportunity>
    }
  pipelines: TenantReader['pipelines'] & {
    create(input: PipelineInput): Promise<Pipeline>
    patch(input: { id: PipelineId; version: number; patch: PipelinePatch }): Promise<Pipeline>
  }
}

export interface TenantGrant { readonly grant: unique symbol }
export interface AppDb {
  sessions: { listOf(userId: UserId): Promise<Omit<SessionListItem, 'isCurrent'>[]> }
  memberships: {
    tenantsOf(userId: UserId): Promise<TenantSummary[]>
    list(grant: TenantGrant): Promise<Member[]>
    add(grant: TenantGrant, input: MemberInput): Promise<Member>
    setRole(grant: TenantGrant, input: { userId: UserId; role: Role }): Promise<Member>
    setStatus(grant: TenantGrant, input: { userId: UserId; status: MemberStatus }): Promise<Member>
  }
  tenants: {
    settings(grant: TenantGrant): Promise<TenantSettings>
    updateSettings(grant: TenantGrant, input: { version: number; patch: TenantSettingsPatch }): Promise<TenantSettings>
  }
  audit: { list(grant: TenantGrant, query: AuditListQuery): Promise<Page<AuditEntry>> }
  transaction<T>(work: (db: AppDb) => Promise<T>): Promise<T>
}
export interface DataSources {
  withTenant<T>(grant: TenantGrant, work: (db: TenantReader) => Promise<T>): Promise<T>
  withTenantWriter<T>(grant: TenantGrant, work: (db: TenantDb) => Promise<T>): Promise<T>
  testTenantConnection(grant: TenantGrant): Promise<DataSourceView['test']>
  getTenantConnectionInfo(grant: TenantGrant): Promise<DataSourceView>
}
export interface SignedIn {
  user: { id: UserId; name: string; email: string }
  session: { id: SessionId }
  tenant: TenantSummary | null
  role: Role | null
  grant: TenantGrant | null
}
export interface Auth {
  readSession(cookieHeader: string | undefined, request: { requestId: string }): Promise<SignedIn | null>
  tenantsOf(session: SignedIn): Promise<TenantSummary[]>
  sessionsOf(session: SignedIn): Promise<SessionListItem[]>
  switchTenant(session: SignedIn, tenantId: TenantId): Promise<void>
  signOut(session: SignedIn): Promise<void>
  signOutEverywhere(session: SignedIn): Promise<void>
}
export interface Logger { error(fields: object, message: string): void; warn(fields: object, message: string): void }
