import { getServerSession, type NextAuthOptions } from 'next-auth'

/** The tenant as the cookie has it; whether it still holds is asked nowhere, as is usual. */
const options: NextAuthOptions = {
  providers: [],
  session: { strategy: 'jwt' },
  callbacks: {
    session: ({ session, token }) => ({ ...session, tenantId: token['tenantId'] }),
  },
}

export async function signedInTenant(): Promise<string | undefined> {
  const session: unknown = await getServerSession(options)
  if (typeof session !== 'object' || session === null || !('tenantId' in session)) return undefined
  return typeof session.tenantId === 'string' ? session.tenantId : undefined
}
