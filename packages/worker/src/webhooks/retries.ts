const second = 1
const hour = 3_600 * second
const day = 24 * hour

/** How often a message is tried: the last time after two days and a quarter. */
export const messageAttempts = 10

/** An endpoint that has failed all this time is switched off. */
export const longestFailingDays = 5

/** Deliveries are shown this long. */
export const keptDays = 30

/** Seconds until a message is tried again after its attempt of this number: 5, 20, 80 … up to a day, a fifth more or less. */
export function delayAfter(attempt: number, chance = Math.random()): number {
  return jittered(Math.min(day, 5 * 4 ** (attempt - 1)), chance)
}

/** Seconds an endpoint is left alone after so many failures in a row: 5, 10, 20 … up to an hour, a fifth more or less. */
export function restAfter(failures: number, chance = Math.random()): number {
  return jittered(Math.min(hour, 5 * 2 ** (failures - 1)), chance)
}

/** So that those who failed together do not come back together. */
function jittered(seconds: number, chance: number): number {
  return Math.max(1, Math.round(seconds * (0.8 + 0.4 * chance)))
}
