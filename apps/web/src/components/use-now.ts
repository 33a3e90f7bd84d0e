import { useEffect, useState } from 'react'

const tickMs = 60_000

/** The time, as it was when this was first drawn, and every minute after. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), tickMs)
    return () => clearInterval(timer)
  }, [])
  return now
}
