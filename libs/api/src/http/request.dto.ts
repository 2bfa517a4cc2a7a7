/** A request without parameters: any it has is refused. */
export class NoParameters {}
