package opd.store.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.postgresql.PGConnection;

/// A connection that was made. Behind it may be the server, or a pooler that gives each transaction
/// to one of the server's sessions. So nothing is kept in the session from one transaction to the
/// next, and each begins with what its statements are carried out under.
public final class OpenConnection implements AutoCloseable {
  // From this major version on there is the setting transaction_timeout.
  private static final int HAS_TRANSACTION_TIMEOUT = 17;
  private static final String NO_CONNECTION = "08001";
  // A command of a second has a look at the facility and one transaction more.
  private static final int LASTS_FROM = 2;

  private static final CachedStatement READ_COMMITTED =
      new CachedStatement(() ->
          // Whatever the default is: under another one a decision could rest on what was true
          // before the slot was locked.
          DSL.query("set transaction isolation level read committed"));
  private static final CachedStatement SNAPSHOT =
      new CachedStatement(
          () -> DSL.query("set transaction isolation level repeatable read, read only"));

  private final DatabaseSettings place;
  private final Connection connection;
  private final DSLContext sql;
  private final SessionSettings settings;
  private boolean isLookedAt;
  private boolean isPooled;
  private boolean isStandby;
  // Transactions after the first that was answered.
  private int sinceLook;

  private OpenConnection(
      DatabaseSettings place, Connection connection, DSLContext sql, SessionSettings settings) {
    this.place = place;
    this.connection = connection;
    this.sql = sql;
    this.settings = settings;
  }

  /// Opens one without auto-commit.
  ///
  /// @param within how long to wait for it
  public static OpenConnection to(DatabaseSettings place, ConnectionSettings how, Duration within)
      throws SQLException {
    Connection connection = Connecting.to(place, how.driver(), within);
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(how.answer().toMillis()));
    connection.setAutoCommit(false);
    boolean hasTransactionTimeout =
        connection.getMetaData().getDatabaseMajorVersion() >= HAS_TRANSACTION_TIMEOUT;
    return new OpenConnection(
        place,
        connection,
        Sql.on(connection, place.facility()),
        hasTransactionTimeout
            ? how.session().with(Map.of("transaction_timeout", "0"))
            : how.session());
  }

  /// Opens one whose session is the caller's own, auto-committing, with the settings in force for
  /// as long as it lasts: for those who do several things in it or take a lock with it. Of servers
  /// that Citus joins it is the coordinator's, where schemas are made, whichever was named.
  ///
  /// @throws SQLException with an OpdException as its cause when a pooler is in the way
  public static OpenConnection withOwnSession(DatabaseSettings settings, ConnectionSettings how)
      throws SQLException {
    DatabaseSettings place = settings.directly();
    OpenConnection open = ownSession(place, how);
    try {
      Optional<Citus.Coordinator> coordinator = Citus.elsewhere(open.sql);
      if (coordinator.isEmpty()) {
        return open;
      }
      open.close();
      return ownSession(place.at(coordinator.get().in(place.url())), how);
    } catch (DataAccessException e) {
      open.close();
      throw new SQLException(e);
    }
  }

  private static OpenConnection ownSession(DatabaseSettings settings, ConnectionSettings how)
      throws SQLException {
    OpenConnection open = to(settings, how, settings.budget());
    boolean isOwn = false;
    try {
      // The first answer, too, is waited for no longer than there is time.
      Duration first = settings.answer(settings.budget());
      open.connection.setNetworkTimeout(Runnable::run, Math.toIntExact(first.toMillis()));
      open.connection.setAutoCommit(true);
      open.takeSession();
      open.connection.setNetworkTimeout(Runnable::run, Math.toIntExact(how.answer().toMillis()));
      isOwn = true;
      return open;
    } finally {
      if (!isOwn) {
        open.close();
      }
    }
  }

  /// Sets the session's settings, if it is that of the server to which the connection was made.
  private void takeSession() throws SQLException {
    Field<Integer> process = DSL.field("pg_backend_pid()", Integer.class);
    var isOwn = process.eq(DSL.inline(connection.unwrap(PGConnection.class).getBackendPID()));
    var set = settings.setting(false).stream().map(each -> DSL.when(isOwn, each)).toList();
    try {
      Record answer = sql.select(DSL.field(isOwn), Citus.IS_THERE).select(set).fetchSingle();
      if (!Boolean.TRUE.equals(answer.get(0))) {
        throw failed(noSession());
      }
      Citus.note(sql, answer.get(1, Boolean.class));
      Citus.prepare(sql);
    } catch (DataAccessException e) {
      throw new SQLException(e);
    }
  }

  private OpdException noSession() {
    return new OpdException(
        ErrorCode.ACCESS_DENIED,
        "at %s is a pooler, and this needs a session of the server for itself"
            .formatted(place.place()),
        "name the server itself in OPD_DB_DIRECT_URL, beside the pooler in OPD_DB_URL");
  }

  /// So that what became of a COMMIT that was sent before is still said.
  private static SQLException failed(OpdException error) {
    return new SQLException(error.getMessage(), NO_CONNECTION, error);
  }

  /// Its transactions begin with [#begin].
  public Connection connection() {
    return connection;
  }

  /// On the connection; what it knows of statements lasts as long.
  public DSLContext sql() {
    return sql;
  }

  /// Lets the transaction's first statement be preceded by what all are carried out under. The
  /// connection's first transaction also looks whether that is in force.
  ///
  /// @param isSnapshot whether all its statements see the same, and change nothing
  /// @throws SQLException when the connection is broken
  public void begin(Transaction transaction, boolean isSnapshot) throws SQLException {
    if (isLookedAt) {
      sinceLook++;
      if (sinceLook == LASTS_FROM && !isPooled) {
        keepNames();
      }
    }
    transaction.sendWithNext((isSnapshot ? SNAPSHOT : READ_COMMITTED).on(transaction));
    settings.setWithNext(transaction, server());
    if (!isLookedAt) {
      settings.askWithNext(transaction, this::look);
    }
  }

  private SessionSettings.Server server() {
    if (Citus.isThere(sql)) {
      return SessionSettings.Server.CITUS;
    }
    return isLookedAt ? SessionSettings.Server.PLAIN : SessionSettings.Server.UNKNOWN;
  }

  /// Lets a session that is the caller's own and lasts have between its transactions, too, what
  /// each of them sets: where names are looked up. The driver forgets all its prepared statements
  /// when that changes, which servers from 18 on tell it of. In a console an allocation takes half
  /// the time so (2.9 instead of 6.1 ms).
  private void keepNames() throws SQLException {
    connection.setAutoCommit(true);
    try {
      sql.select(settings.keepingNames()).fetch();
    } catch (DataAccessException e) {
      throw new SQLException(e);
    }
    connection.setAutoCommit(false);
  }

  private void look(Record answer) throws SQLException {
    try {
      settings.check(answer, place.place());
    } catch (OpdException notInForce) {
      throw failed(notInForce);
    }
    PGConnection driver = connection.unwrap(PGConnection.class);
    // A pooler makes up the process that it tells the client of.
    isPooled = SessionSettings.process(answer) != driver.getBackendPID();
    isStandby = SessionSettings.isStandby(answer);
    Citus.note(sql, SessionSettings.isCitus(answer));
    if (isPooled && !place.prepareThresholdIsGiven()) {
      // Not every pooler knows which of the server's sessions has the statement.
      driver.setPrepareThreshold(0);
    }
    isLookedAt = true;
  }

  /// Why nobody can listen here for what others commit; empty where one can. Known after the first
  /// transaction.
  public Optional<String> reasonNotToListen() {
    if (isStandby) {
      return Optional.of("the server is a standby");
    }
    if (Citus.isThere(sql)) {
      return Optional.of("Citus spreads the database over several servers");
    }
    return isPooled ? Optional.of("a pooler stands before the server") : Optional.empty();
  }

  /// Whether the server is a standby. Known after the first transaction.
  public boolean isStandby() {
    return isStandby;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is gone either way.
    }
  }
}
