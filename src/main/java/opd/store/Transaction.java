package opd.store;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// An open transaction: whoever has one may join it, nobody but [Transactions] ends it. Nothing may
/// catch a [org.jooq.exception.DataAccessException] inside: a COMMIT after a swallowed error stores
/// nothing and says nothing.
public final class Transaction {
  private final DSLContext sql;
  private Prepared.@Nullable Execution waiting;

  Transaction(DSLContext sql) {
    this.sql = sql;
  }

  /// For statements of jOOQ's own making: sends first what waits.
  DSLContext sql() {
    Prepared.Execution first = takeWaiting();
    if (first != null) {
      first.fetchSingle();
    }
    return sql;
  }

  /// For [Prepared], which sends what waits along.
  DSLContext context() {
    return sql;
  }

  /// Lets a statement of one row, which nobody looks at, wait for the next one: the server then
  /// gets both at once.
  void sendWithNext(Prepared.Execution statement) {
    waiting = statement;
  }

  Prepared.@Nullable Execution takeWaiting() {
    Prepared.Execution taken = waiting;
    waiting = null;
    return taken;
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
