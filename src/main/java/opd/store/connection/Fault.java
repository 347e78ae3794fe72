package opd.store.connection;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import opd.domain.OpdException;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What a failed statement, connection or commit means for the transaction that it belongs to, read
/// from its SQLSTATE.
///
/// @param constraint the name of the violated constraint, or null
public record Fault(Kind kind, String state, @Nullable String constraint, Throwable cause) {

  public enum Kind {
    /// A deadlock, a serialization failure, a lock held by another.
    BUSY,
    /// The server takes no more connections.
    FULL,
    /// The server is starting or stopping.
    STARTING,
    /// No connection can be made.
    UNREACHABLE,
    /// The connection is gone.
    LOST,
    /// The server ended it for a transaction that lasted longer than its `transaction_timeout`.
    LOST_BY_TRANSACTION_BOUND,
    /// The server ended it for a transaction in which nothing was done for a while.
    LOST_BY_IDLE_TRANSACTION_BOUND,
    /// The server ended it because nothing was done for a while.
    LOST_BY_IDLE_SESSION_BOUND,
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
    NO_DATABASE,
    NO_RIGHT,
    /// The server lets this user in from nowhere, or not from here.
    NOT_LET_IN,
    WRONG_PASSWORD,
    /// The server and the driver know no common way to log in.
    NO_LOGIN,
    /// The managed server could not be started again, or a new session is not as it was asked for;
    /// the cause is the error.
    NO_SESSION,
    /// A character that the database's encoding does not have.
    ENCODING,
    /// No connection as safe as the URL demands, see [TlsFailure].
    UNSAFE,
    /// Anything else is a fault of this program.
    OTHER;

    /// Whether nothing happened, and the same transaction may well succeed now.
    public boolean isPassing() {
      return this == BUSY || this == FULL || this == STARTING || this == UNREACHABLE;
    }

    /// Whether the connection is gone. Nothing happened, unless COMMIT was already under way.
    public boolean isLost() {
      return switch (this) {
        case LOST -> true;
        case LOST_BY_TRANSACTION_BOUND -> true;
        case LOST_BY_IDLE_TRANSACTION_BOUND -> true;
        case LOST_BY_IDLE_SESSION_BOUND -> true;
        default -> false;
      };
    }
  }

  private static final Pattern QUOTED = Pattern.compile("\"([a-z][a-z_]*[a-z])(?:_[0-9]+)?\"");
  private static final String NO_STATE = "";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  // Connection, intervention of an operator, system error, internal error.
  private static final List<String> UNCLEAR_CLASSES = List.of("08", "57", "58", "XX");

  public static Fault of(SQLException cause) {
    SQLException reported = reported(cause);
    String state = reported.getSQLState() == null ? NO_STATE : reported.getSQLState();
    if (cause.getCause() instanceof OpdException noSession) {
      return new Fault(Kind.NO_SESSION, state, null, noSession);
    }
    return new Fault(kind(cause, reported, state), state, constraintIn(reported), cause);
  }

  private static Kind kind(SQLException cause, SQLException reported, String state) {
    if (TlsFailure.in(cause).isPresent()) {
      return Kind.UNSAFE;
    }
    // PostgreSQL has one state for this and for a missing right.
    boolean isDisk = String.valueOf(reported.getMessage()).contains("Read-only file system");
    return isDisk ? Kind.DISK_READ_ONLY : ofPooler(reported).map(Fault::said).orElse(kind(state));
  }

  /// PgBouncer has one state for all that it says itself.
  private static Kind said(String sentence) {
    if (sentence.startsWith("no such database")) {
      return Kind.NO_DATABASE;
    }
    if (sentence.startsWith("no such user")) {
      return Kind.NOT_LET_IN;
    }
    boolean isFull =
        sentence.startsWith("no more connections") || sentence.startsWith("query_wait_timeout");
    return isFull ? Kind.FULL : Kind.UNREACHABLE;
  }

  /// What a pooler said when it turned somebody away. Whoever says it has no rows that it could
  /// quote: the end of a connection with this state, not the failure of a statement.
  Optional<String> ofPooler() {
    return cause instanceof SQLException sql ? ofPooler(reported(sql)) : Optional.empty();
  }

  private static Optional<String> ofPooler(SQLException reported) {
    ServerErrorMessage said =
        reported instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    return said != null && "08P01".equals(said.getSQLState()) && "FATAL".equals(said.getSeverity())
        ? Optional.ofNullable(said.getMessage())
        : Optional.empty();
  }

  /// Whether a pooler refuses a login for a parameter that it does not know.
  static boolean isOfStartupParameter(PSQLException cause) {
    return ofPooler(cause).filter(said -> said.contains("startup parameter")).isPresent();
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

  public static Fault of(DataAccessException cause) {
    SQLException sql = cause.getCause(SQLException.class);
    return sql == null ? new Fault(Kind.OTHER, NO_STATE, null, cause) : of(sql);
  }

  /// Whether another held a lock for too long.
  public boolean isOfLock() {
    return state.equals(LOCK_NOT_AVAILABLE);
  }

  /// Whether user and password were not accepted.
  public boolean isOfLogin() {
    return kind == Kind.NOT_LET_IN || kind == Kind.WRONG_PASSWORD;
  }

  /// Whether a value cannot be one of its column: a text that is no number, or one too long.
  public boolean isOfValue() {
    return state.startsWith("22");
  }

  /// Whether the server is there and said no for the moment.
  boolean isRefusal() {
    return kind == Kind.LOST_BY_TRANSACTION_BOUND || (kind.isPassing() && kind != Kind.UNREACHABLE);
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
    return isClear || fault.kind.isLost()
        ? fault
        : new Fault(Kind.LOST, fault.state, fault.constraint, fault.cause);
  }

  private static Kind kind(String state) {
    return switch (state) {
      case "40001", "40P01", LOCK_NOT_AVAILABLE -> Kind.BUSY;
      case "53300" -> Kind.FULL;
      case "57P03" -> Kind.STARTING;
      case "08001", "08P01" -> Kind.UNREACHABLE;
      case "57P01", "57P02", "08006", "08003", "08000", "08007", "58000" -> Kind.LOST;
      case "25P04" -> Kind.LOST_BY_TRANSACTION_BOUND;
      case "25P03" -> Kind.LOST_BY_IDLE_TRANSACTION_BOUND;
      case "57P05" -> Kind.LOST_BY_IDLE_SESSION_BOUND;
      case "22021", "22P05" -> Kind.ENCODING;
      case "57014" -> Kind.TIMED_OUT;
      case "53100" -> Kind.DISK_FULL;
      case "25006" -> Kind.READ_ONLY;
      case "3F000", "42P01", "42703", "42883" -> Kind.NOT_FOUND;
      case "3D000" -> Kind.NO_DATABASE;
      case "42501" -> Kind.NO_RIGHT;
      case "28000" -> Kind.NOT_LET_IN;
      case "28P01" -> Kind.WRONG_PASSWORD;
      case "08004" -> Kind.NO_LOGIN;
      default -> state.startsWith("23") ? Kind.GUARD : Kind.OTHER;
    };
  }

  private static @Nullable String constraintIn(SQLException cause) {
    ServerErrorMessage message =
        cause instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    if (message == null) {
      return null;
    }
    String name = message.getConstraint();
    return name == null && String.valueOf(message.getSQLState()).startsWith("23")
        ? lastQuoted(message.getMessage() + " " + message.getDetail())
        : name;
  }

  /// Citus passes on what a server said, without the name of the constraint. There it ends with the
  /// number that the table has on that server.
  private static @Nullable String lastQuoted(String text) {
    Matcher quoted = QUOTED.matcher(text);
    String last = null;
    while (quoted.find()) {
      last = quoted.group(1);
    }
    return last;
  }
}
