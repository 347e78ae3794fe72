package opd.store;

import org.jooq.DSLContext;

/// An open transaction: whoever has one may join it, nobody but [Transactions] ends it. Nothing may
/// catch a [org.jooq.exception.DataAccessException] inside: a COMMIT after a swallowed error stores
/// nothing and says nothing.
public final class Transaction {
  private final DSLContext sql;

  Transaction(DSLContext sql) {
    this.sql = sql;
  }

  DSLContext sql() {
    return sql;
  }

  /// Checks the count of changed rows of a statement that must change exactly one: 0 means that
  /// somebody else was there first, more that the statement is wrong. Either is a fault of this
  /// program, as the rows are locked.
  static void one(int changedRows, String what) {
    all(changedRows, 1, what);
  }

  /// Checks the count of changed rows of a statement that must change so many.
  static void all(int changedRows, int expected, String what) {
    if (changedRows != expected) {
      throw new IllegalStateException(
          what + " changed " + changedRows + " rows instead of " + expected);
    }
  }
}
