/** Somebody who may hold keys. Without a password (made by the operator) nobody can log in as them. */
export interface User {
  /** UUID. */
  readonly id: string;
  /** As it was typed. */
  readonly email: string;
  /** bcrypt. */
  readonly passwordHash: string | null;
  readonly createdAt: Date;
}
