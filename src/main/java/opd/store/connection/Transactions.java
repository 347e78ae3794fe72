package opd.store.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import opd.domain.ErrorCode;
import opd.domain.FacilityRole;
import opd.domain.OpdException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLWarning;

/// Runs work in explicit transactions, READ COMMITTED. What may succeed when tried again is tried
/// again, as a whole, until the budget of the command is used up.
public final class Transactions {
  private enum Ending {
    COMMIT,
    ROLLBACK
  }

  // A warning without a state of its own, and the end of the server.
  private static final Set<String> COMMIT_IN_DOUBT = Set.of("01000", "57P01");

  private final FacilityConnection database;
  private final DecisionClock clock;
  private final FacilityRole role;
  private Duration spent;

  public Transactions(FacilityConnection database, DecisionClock clock) {
    this(database, clock, Duration.ZERO);
  }

  /// @param spent what the command has taken already
  public Transactions(FacilityConnection database, DecisionClock clock, Duration spent) {
    this(database, clock, FacilityRole.DESK, spent);
  }

  private Transactions(
      FacilityConnection database, DecisionClock clock, FacilityRole role, Duration spent) {
    this.database = database;
    this.clock = clock;
    this.role = role;
    this.spent = spent;
  }

  /// The same by another clock, what the command has taken already included.
  public Transactions by(DecisionClock other) {
    return new Transactions(database, other, role, spent);
  }

  /// The same for a login with the rights of this role.
  public Transactions as(FacilityRole other) {
    return new Transactions(database, clock, other, spent);
  }

  /// Carries out the work and commits it. The work may be run several times, and must first look
  /// whether its request was decided already: after a broken COMMIT only that can tell.
  ///
  /// @throws OpdException OUTCOME_UNKNOWN when the connection broke during COMMIT and the budget
  ///   ended before it could be settled; DATABASE_UNAVAILABLE or DATABASE_BUSY when nothing
  ///   happened
  public <T> T write(Function<Transaction, T> work) {
    clock.checkGoesOn(database.settings().facility());
    return retried(work, false, Ending.COMMIT);
  }

  /// Carries out the work and rolls it back: what would happen.
  public <T> T dryRun(Function<Transaction, T> work) {
    clock.checkGoesOn(database.settings().facility());
    return retried(work, false, Ending.ROLLBACK);
  }

  /// The first look at a facility, which commits nothing. The time that it takes counts as the next
  /// transaction's: together they are one command.
  public <T> T open(Function<Transaction, T> work) {
    long start = System.nanoTime();
    Duration before = spent;
    T result = dryRun(work);
    spent = before.plusNanos(System.nanoTime() - start);
    return result;
  }

  /// Reads from one snapshot, so that what several statements see fits together.
  public <T> T read(Function<Transaction, T> work) {
    return retried(work, true, Ending.ROLLBACK);
  }

  /// Reads from one snapshot for as long as it takes, on a connection of its own without bounds in
  /// time: whoever reads a stream may pause. Not tried again, as part of it was read already.
  public void stream(Consumer<Transaction> work) {
    DatabaseSettings settings = database.settings();
    try (OpenConnection open =
        OpenConnection.to(settings, settings.forStreams(), settings.budget())) {
      Transaction transaction = new Transaction(open.sql(), () -> {}, role);
      open.begin(transaction, true);
      clock.set(transaction);
      work.accept(transaction);
      open.connection().rollback();
    } catch (SQLException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    } catch (DataAccessException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    }
  }

  /// Where the transactions run.
  public DatabaseSettings settings() {
    return database.settings();
  }

  /// @param isSnapshot whether all statements of a try see the same, and change nothing
  private <T> T retried(Function<Transaction, T> work, boolean isSnapshot, Ending ending) {
    Retries retries = new Retries(database.settings(), spent);
    spent = Duration.ZERO;
    while (true) {
      try {
        return once(work, isSnapshot, ending, retries);
      } catch (CommitException e) {
        failed(e.fault(), true, retries);
      } catch (SQLException e) {
        failed(Fault.of(e), false, retries);
      } catch (DataAccessException e) {
        failed(Fault.of(e), false, retries);
      }
    }
  }

  private void failed(Fault fault, boolean committing, Retries retries) {
    if (fault.kind().isLost()) {
      database.lost();
    }
    retries.afterFailure(fault, committing);
  }

  private <T> T once(
      Function<Transaction, T> work, boolean isSnapshot, Ending ending, Retries retries)
      throws SQLException {
    OpenConnection open = database.connection(retries::left);
    Connection connection = open.connection();
    boolean done = false;
    try {
      Transaction transaction =
          new Transaction(open.sql(), () -> boundAnswer(connection, retries.left()), role);
      open.begin(transaction, isSnapshot);
      clock.set(transaction);
      T result = work.apply(transaction);
      if (ending == Ending.COMMIT) {
        retries.checkTimeForCommit();
      }
      end(transaction, connection, ending);
      done = true;
      return result;
    } finally {
      if (!done) {
        rollBack(connection, retries.left());
      }
    }
  }

  private void boundAnswer(Connection connection, Duration left) throws SQLException {
    Duration answer = database.settings().answer(left);
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(answer.toMillis()));
  }

  private static void end(Transaction transaction, Connection connection, Ending ending)
      throws SQLException {
    switch (ending) {
      case ROLLBACK -> transaction.rollback(connection);
      case COMMIT -> {
        try {
          checkReplicated(transaction.commit(connection));
        } catch (SQLException e) {
          throw new CommitException(Fault.ofCommit(Fault.of(e), connection.isClosed()));
        } catch (DataAccessException e) {
          throw new CommitException(Fault.ofCommit(Fault.of(e), connection.isClosed()));
        }
      }
    }
  }

  /// A COMMIT whose wait for a synchronous standby was cancelled is answered as done, with a
  /// warning in the server's language. Warnings of functions, which say where they come from, are
  /// others'.
  private static void checkReplicated(@Nullable SQLWarning first) {
    for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
      if (COMMIT_IN_DOUBT.contains(warning.getSQLState())
          && warning instanceof PSQLWarning ofServer
          && ofServer.getServerErrorMessage().getWhere() == null) {
        throw new OpdException(
            ErrorCode.OUTCOME_UNKNOWN,
            "it is stored, but its wait for the standby was cancelled: whether the standby has it,"
                + " too, is not known",
            "have the standby looked after; repeated with the same --request-id it happens at most"
                + " once, and says what became of it");
      }
    }
  }

  /// @param left nothing is waited for longer; the server itself rolls back what is hung up on
  private void rollBack(Connection connection, Duration left) {
    if (left.isZero()) {
      database.discard();
      return;
    }
    try {
      if (!connection.isClosed()) {
        boundAnswer(connection, left);
      }
      connection.rollback();
    } catch (SQLException e) {
      database.discard();
    }
  }
}
