/** The company that moves in: what the old tables call it, and who looks after it. */
export const movedCompany = {
  legacyTenantId: '5f0f7c1e-3c54-4d8e-9a53-2b7b1c5e0a11',
  slug: 'harbor',
  owner: 'ana@harbor.example',
  password: 'the tide comes in twice',
} as const

/** One that stays in the old tables. */
export const stayingLegacyTenantId = '9b1f4a6e-7d20-4c0b-8f3e-1d2c3b4a5f60'
