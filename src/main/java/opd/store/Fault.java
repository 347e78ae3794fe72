package opd.store;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.List;
import opd.domain.OpdException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What a failed statement, connection or commit means for the transaction that it belongs to, read
/// from its SQLSTATE.
///
/// @param constraint the name of the violated constraint, or null
record Fault(Kind kind, String state, @Nullable String constraint, Throwable cause) {

  enum Kind {
    /// Nothing happened, and the same transaction may well succeed now: a deadlock, a serialization
    /// failure, a lock held by another, too many connections, a server that is starting.
    RETRY,
    /// The connection is gone. Nothing happened, unless COMMIT was already under way.
    RECONNECT,
    /// A statement took longer than its bound; trying again would only add load.
    TIMED_OUT,
    DISK_FULL,
    /// The system lets the server write nothing to its disk.
    DISK_READ_ONLY,
    /// The server takes no writes: a standby, or one set to read only.
    READ_ONLY,
    /// A constraint or trigger refused.
    GUARD,
    /// No such schema or table: the facility does not exist.
    NOT_FOUND,
    /// Wrong password, missing right, missing database.
    CONFIGURATION,
    /// The managed server could not be started again, or a new session is not as it was asked for;
    /// the cause is the error.
    NO_SESSION,
    /// A character that the database's encoding does not have.
    ENCODING,
    /// No connection as safe as the URL demands, see [UnsafeConnection].
    UNSAFE,
    /// Anything else is a fault of this program.
    OTHER
  }

  private static final String NO_STATE = "";
  static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final String TRANSACTION_TIMEOUT = "25P04";
  // Connection, intervention of an operator, system error, internal error.
  private static final List<String> UNCLEAR_CLASSES = List.of("08", "57", "58", "XX");

  static Fault of(SQLException cause) {
    SQLException reported = reported(cause);
    String state = reported.getSQLState() == null ? NO_STATE : reported.getSQLState();
    if (cause.getCause() instanceof OpdException noSession) {
      return new Fault(Kind.NO_SESSION, state, null, noSession);
    }
    return new Fault(kind(cause, reported, state), state, constraintIn(reported), cause);
  }

  private static Kind kind(SQLException cause, SQLException reported, String state) {
    if (UnsafeConnection.in(cause).isPresent()) {
      return Kind.UNSAFE;
    }
    // PostgreSQL has one state for this and for a missing right.
    boolean isDisk = String.valueOf(reported.getMessage()).contains("Read-only file system");
    return isDisk ? Kind.DISK_READ_ONLY : kind(state);
  }

  /// What the server or the driver reported: jOOQ wraps what breaks while a row is read into an
  /// SQLException without a state.
  private static SQLException reported(SQLException cause) {
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      if (inner instanceof SQLException sql && sql.getSQLState() != null) {
        return sql;
      }
    }
    return cause;
  }

  static Fault of(DataAccessException cause) {
    SQLException sql = cause.getCause(SQLException.class);
    return sql == null ? new Fault(Kind.OTHER, NO_STATE, null, cause) : of(sql);
  }

  /// Whether the server ended the transaction for lasting longer than its `transaction_timeout`.
  boolean isOfTransactionBound() {
    return state.equals(TRANSACTION_TIMEOUT);
  }

  /// Whether the server is there and said no for the moment.
  boolean isRefusal() {
    return isOfTransactionBound() || (kind == Kind.RETRY && !state.startsWith("08"));
  }

  /// Whether an answer was waited for in vain.
  boolean isNoAnswer() {
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      if (inner instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  /// What a failed COMMIT means. Where nothing says clearly that it was undone, the connection
  /// counts as lost: a pooler passes the end of a connection on as an error of the classes 08, 57
  /// or 58, and a server that stops at a full disk names the disk, though COMMIT may be in its log.
  ///
  /// @param isClosed whether the connection is gone
  static Fault ofCommit(Fault fault, boolean isClosed) {
    boolean isClear =
        !isClosed
            && switch (fault.state) {
              case "57014" -> true;
              case NO_STATE, "40003", "53300" -> false;
              default -> UNCLEAR_CLASSES.stream().noneMatch(fault.state::startsWith);
            };
    return isClear ? fault : new Fault(Kind.RECONNECT, fault.state, fault.constraint, fault.cause);
  }

  private static Kind kind(String state) {
    return switch (state) {
      case "40001", "40P01", LOCK_NOT_AVAILABLE, "53300", "57P03", "08001", "08P01" -> Kind.RETRY;
      case "25P03", "57P01", "57P02", "57P05", "08006", "08003", "08000", "08007", "58000" ->
          Kind.RECONNECT;
      case TRANSACTION_TIMEOUT -> Kind.RECONNECT;
      case "22021", "22P05" -> Kind.ENCODING;
      case "57014" -> Kind.TIMED_OUT;
      case "53100" -> Kind.DISK_FULL;
      case "25006" -> Kind.READ_ONLY;
      case "3F000", "42P01", "42703", "42883" -> Kind.NOT_FOUND;
      case "3D000", "28000", "28P01", "42501", "08004" -> Kind.CONFIGURATION;
      default -> state.startsWith("23") ? Kind.GUARD : Kind.OTHER;
    };
  }

  private static @Nullable String constraintIn(SQLException cause) {
    ServerErrorMessage message =
        cause instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    return message == null ? null : message.getConstraint();
  }
}
