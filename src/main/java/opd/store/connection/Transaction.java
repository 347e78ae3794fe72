package opd.store.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import opd.domain.FacilityRole;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// An open transaction: whoever has one may join it, nobody but [Transactions] ends it. Nothing may
/// catch a [org.jooq.exception.DataAccessException] inside: a COMMIT after a swallowed error stores
/// nothing and says nothing.
public final class Transaction {
  private static final CachedStatement COMMIT = new CachedStatement(() -> DSL.query("COMMIT"));

  private final DSLContext sql;
  private final Bound bound;
  private final FacilityRole role;
  private final List<CachedStatement.Execution> waiting = new ArrayList<>();
  private int cursors;

  /// How long the next answer is waited for.
  interface Bound {
    /// Sets it anew: what is left has become less.
    void renew() throws SQLException;
  }

  /// Without a bound.
  public Transaction(DSLContext sql) {
    this(sql, () -> {});
  }

  public Transaction(DSLContext sql, Bound bound) {
    this(sql, bound, FacilityRole.DESK);
  }

  /// @param role whose rights it has
  Transaction(DSLContext sql, Bound bound, FacilityRole role) {
    this.sql = sql;
    this.bound = bound;
    this.role = role;
  }

  /// Whether its server is one of those that Citus joins. Known after the connection's first
  /// statement.
  public boolean isCitus() {
    return Citus.isThere(sql);
  }

  /// Whose rights it has, and so which columns it may name.
  public FacilityRole role() {
    return role;
  }

  /// For statements of jOOQ's own making: sends first what waits.
  public DSLContext sql() {
    sendWaiting();
    renewBound();
    return sql;
  }

  /// The name of one cursor more.
  String nextCursor() {
    cursors++;
    return "cursor_" + cursors;
  }

  /// What is waited for next has less time than what was before.
  void renewBound() {
    try {
      bound.renew();
    } catch (SQLException e) {
      throw new DataAccessException("the connection is closed", e);
    }
  }

  /// For [CachedStatement], without sending anything.
  DSLContext context() {
    return sql;
  }

  /// Lets a statement wait for the next one, or for COMMIT, see [CachedStatement]. What changes
  /// rows must have them counted by the server, see [RowCount].
  public void sendWithNext(CachedStatement.Execution statement) {
    waiting.add(statement);
  }

  /// Lets a statement wait as [#sendWithNext] does.
  ///
  /// @return gives its rows; if nothing was sent until then, sends it
  public Supplier<Result<Record>> fetchWithNext(CachedStatement.Execution statement) {
    statement.keepRows();
    sendWithNext(statement);
    return () -> {
      if (waiting.contains(statement)) {
        sendWaiting();
      }
      return statement.rows();
    };
  }

  /// For [CachedStatement], which sends them.
  List<CachedStatement.Execution> takeWaiting() {
    List<CachedStatement.Execution> taken = new ArrayList<>(waiting);
    waiting.clear();
    return taken;
  }

  /// Sends what waits, where no further statement does.
  public void sendWaiting() {
    if (!waiting.isEmpty()) {
      waiting.removeLast().send();
    }
  }

  /// Ends it; what waits is sent along.
  ///
  /// @param connection its own
  /// @return what the server warned of meanwhile, or null
  @Nullable SQLWarning commit(Connection connection) throws SQLException {
    if (!waiting.isEmpty()) {
      return COMMIT.on(this).send();
    }
    bound.renew();
    connection.clearWarnings();
    connection.commit();
    return connection.getWarnings();
  }

  /// Ends it without effect; what waits is sent first, so that it fails where it would have failed.
  ///
  /// @param connection its own
  void rollback(Connection connection) throws SQLException {
    sendWaiting();
    bound.renew();
    connection.rollback();
  }

  /// Checks the count of changed rows of a statement that must change exactly one: 0 means that
  /// somebody else was there first, more that the statement is wrong. Either is a fault of this
  /// program, as the rows are locked.
  public static void one(int changedRows, String what) {
    all(changedRows, 1, what);
  }

  /// Checks the count of changed rows of a statement that must change so many.
  public static void all(int changedRows, int expected, String what) {
    if (changedRows != expected) {
      throw new IllegalStateException(
          what + " changed " + changedRows + " rows instead of " + expected);
    }
  }
}
