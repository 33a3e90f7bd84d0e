import { ownSignIn, type OwnSignIn } from '../own-sign-in.ts'
import { openProcedure, type Parse } from './builder.ts'
import { admitSignedIn, signInOf } from './surroundings/admission.ts'
import { surrounded, type Proceed } from './surroundings/surrounded.ts'

/** Whatever tenant the caller is in, if any: `ctx.ownSignIn`, and no database. */
export const signedInProcedure = {
  meta: (meta: { permission: 'self' }) => {
    const chain = (parse: Parse) =>
      surrounded(meta, parse, {
        admit: admitSignedIn,
        open: ({ services, caller }, proceed: Proceed<{ ownSignIn: OwnSignIn }>) =>
          proceed({ ownSignIn: ownSignIn(signInOf(services), caller.signedIn) }),
      })
    return openProcedure({ query: chain, mutation: chain })
  },
}
