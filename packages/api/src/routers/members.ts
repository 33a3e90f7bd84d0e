import { MemberInput, MemberRoleInput, MemberStatusInput } from '@tenantry/contracts/tenants'
import { membersProcedure, router } from '../procedures.ts'

const managing = membersProcedure.meta({ permission: 'members.manage' })

export const membersRouter = router({
  list: membersProcedure.meta({ permission: 'members.see' }).query(({ ctx }) => ctx.appDb.memberships.list(ctx.grant)),
  add: managing.input(MemberInput).mutation(({ ctx, input }) => ctx.appDb.memberships.add(ctx.grant, input)),
  setRole: managing
    .input(MemberRoleInput)
    .mutation(({ ctx, input }) => ctx.appDb.memberships.setRole(ctx.grant, input)),
  setStatus: managing
    .input(MemberStatusInput)
    .mutation(({ ctx, input }) => ctx.appDb.memberships.setStatus(ctx.grant, input)),
})
