/** The id of a dead letter, `<partition>-<offset>` of its topic: what this does not match is the id of none. */
export const letterIdPattern = /^(\d{1,9})-(\d{1,18})$/;
