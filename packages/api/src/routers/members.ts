import { z } from 'zod'
import { Member, MemberInput, MemberRoleInput, MemberStatusInput } from '@tenantry/contracts/tenants'
import {
  AccessSettings,
  MemberAccessInput,
  RoleAccessInput,
  Team,
  TeamInput,
  TeamRef,
  TeamRename,
} from '@tenantry/contracts/record-access'
import { appProcedure, membersProcedure } from '../procedures/application.ts'
import { router } from '../procedures/router.ts'

const managing = membersProcedure.meta({ permission: 'members.manage' })
/** Whose records members see is told to no tenant database: each request brings it along. */
const limiting = appProcedure.meta({ permission: 'members.manage' })

export const membersRouter = router({
  list: membersProcedure
    .meta({ permission: 'members.see' })
    .output(z.array(Member))
    .query(({ ctx }) => ctx.appDb.memberships.list(ctx.grant)),
  add: managing
    .input(MemberInput)
    .output(Member)
    .mutation(({ ctx, input }) => ctx.appDb.memberships.add(ctx.grant, input)),
  setRole: managing
    .input(MemberRoleInput)
    .output(Member)
    .mutation(({ ctx, input }) => ctx.appDb.memberships.setRole(ctx.grant, input)),
  setStatus: managing
    .input(MemberStatusInput)
    .output(Member)
    .mutation(({ ctx, input }) => ctx.appDb.memberships.setStatus(ctx.grant, input)),
  access: limiting.output(AccessSettings).query(({ ctx }) => ctx.appDb.recordAccess.settings(ctx.grant)),
  setRoleAccess: limiting
    .input(RoleAccessInput)
    .output(AccessSettings)
    .mutation(({ ctx, input }) => ctx.appDb.recordAccess.setRole(ctx.grant, input)),
  setAccess: limiting
    .input(MemberAccessInput)
    .output(AccessSettings)
    .mutation(({ ctx, input }) => ctx.appDb.recordAccess.setMember(ctx.grant, input)),
  addTeam: limiting
    .input(TeamInput)
    .output(Team)
    .mutation(({ ctx, input }) => ctx.appDb.recordAccess.addTeam(ctx.grant, input.name)),
  renameTeam: limiting
    .input(TeamRename)
    .output(Team)
    .mutation(({ ctx, input }) => ctx.appDb.recordAccess.renameTeam(ctx.grant, input)),
  removeTeam: limiting
    .input(TeamRef)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.appDb.recordAccess.removeTeam(ctx.grant, input.id)),
})
