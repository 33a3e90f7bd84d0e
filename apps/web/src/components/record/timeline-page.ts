/** Lines of a timeline that come with a record; more are loaded when asked for. */
export const timelinePage = 15
