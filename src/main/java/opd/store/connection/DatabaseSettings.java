package opd.store.connection;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import opd.domain.FacilityName;
import opd.domain.OpdException;
import opd.domain.PlainText;
import org.jspecify.annotations.Nullable;

/// Where a facility's database is and how to log in.
///
/// @param url `jdbc:postgresql://…`, without password
/// @param user null for the driver's own choice
/// @param password null for none, or for the one in `~/.pgpass`
/// @param budget how long one command may take, retries included
/// @param durability whether a COMMIT waits for the disk
/// @param direct the way past a pooler, for work that needs a session of the server for itself;
///   null where the URL is that way
public record DatabaseSettings(
    String url,
    @Nullable String user,
    @Nullable String password,
    FacilityName facility,
    Duration budget,
    Durability durability,
    @Nullable Direct direct) {

  /// @throws OpdException INVALID_INPUT for a user's name with a control character: it would end
  ///   the name on its way to the server, and what follows would be an option of the session
  public DatabaseSettings {
    if (user != null && user.chars().anyMatch(Character::isISOControl)) {
      throw OpdException.invalid("the database user " + PlainText.quote(user) + " can be none");
    }
  }

  /// The address of the server itself, and the login there.
  ///
  /// @param url as [DatabaseSettings#url()]
  public record Direct(String url, @Nullable String user, @Nullable String password) {}

  /// What a COMMIT promises.
  public enum Durability {
    /// It survives a power cut.
    KEPT,
    /// It may be lost when the server crashes within the next second. Only for a facility made for
    /// a simulation, whose loss nobody minds.
    SIMULATED
  }

  /// A durable one.
  public DatabaseSettings(
      String url,
      @Nullable String user,
      @Nullable String password,
      FacilityName facility,
      Duration budget) {
    this(url, user, password, facility, budget, Durability.KEPT, null);
  }

  // Every statement names the facility's tables with their schema: of other names it means the
  // server's own, and none that others have made. A backslash does not change where a text ends.
  private static final Map<String, String> MEANING =
      Map.of(SessionSettings.NAMES, "pg_catalog, pg_temp", "standard_conforming_strings", "on");

  // Every question of a desk has its index, and no better plan for other values. Of a table that is
  // still small the planner would rather read the whole, and keep to that plan, in triggers too,
  // when it has long become large; and to plan the question for a queue, each time anew, takes five
  // times as long as to answer it. Where there is no index, servers before 18 count so high a cost
  // for the whole table that they would compile the question.
  private static final Map<String, String> SETTLED_PLANS =
      Map.of("enable_seqscan", "off", "plan_cache_mode", "force_generic_plan", "jit", "off");

  // For a patient's tokens the planner would join all slots that there ever were, as it counts with
  // many values where one is given; and it would collect the places of three rows in a bitmap
  // before it reads them, which takes an allocation a fifth of the server's processor. A stream
  // does read all, and is planned best so.
  private static final Map<String, String> FEW_ROWS =
      Map.of("enable_bitmapscan", "off", "enable_hashjoin", "off", "enable_mergejoin", "off");

  /// What a desk's transaction waits for at most, by setting. Each bound is shorter than the next,
  /// or a dead network outlasts them all: a lock is given up before the statement that waits for
  /// it, and the statement before the socket.
  public static final Map<String, String> BOUNDS =
      Map.of(
          "lock_timeout", "1s",
          "idle_in_transaction_session_timeout", "2s",
          "statement_timeout", "5s");

  private static final Duration ANSWER = Duration.ofSeconds(6);
  private static final Duration LONGEST_FOR_COMMIT = Duration.ofMillis(250);
  private static final int CONNECT_SECONDS = 3;

  // A server that has got only a part of what belongs together waits for the rest without a bound
  // of its own, and keeps its locks. On a network that is gone, its system tells it so after some
  // eleven seconds, not after two hours.
  private static final Map<String, String> KEEP_ALIVE =
      Map.of(
          "tcp_keepalives_idle", "5", "tcp_keepalives_interval", "2", "tcp_keepalives_count", "3");

  // The server's or the login's own bounds are for those who forget their work, not for a reader
  // who pauses.
  private static final Map<String, String> NO_BOUNDS =
      Map.of(
          "idle_session_timeout", "0",
          "idle_in_transaction_session_timeout", "0",
          "statement_timeout", "0");

  // The plan for a cursor is one for all its rows, and not for the first.
  private static final Map<String, String> ALL_ROWS = Map.of("cursor_tuple_fraction", "1");

  private static final int FOLLOWER_SOCKET_SECONDS = 60;

  /// Host, port and database for messages: the URL without its parameters.
  public String place() {
    String bare = url.startsWith("jdbc:postgresql://") ? url.substring(18) : url;
    int parameters = bare.indexOf('?');
    return parameters < 0 ? bare : bare.substring(0, parameters);
  }

  /// The same server and login, for another facility.
  public DatabaseSettings forFacility(FacilityName other) {
    return new DatabaseSettings(url, user, password, other, budget, durability, direct);
  }

  /// The same for a facility made for a simulation: a COMMIT does not wait for the disk.
  public DatabaseSettings forSimulation() {
    return new DatabaseSettings(
        url, user, password, facility, budget, Durability.SIMULATED, direct);
  }

  /// The same with a way past a pooler.
  public DatabaseSettings with(@Nullable Direct other) {
    return new DatabaseSettings(url, user, password, facility, budget, durability, other);
  }

  /// The same by the way past a pooler, if there is one of its own.
  public DatabaseSettings directly() {
    return direct == null
        ? this
        : new DatabaseSettings(
            direct.url(), direct.user(), direct.password(), facility, budget, durability, null);
  }

  /// How long an answer of the server is waited for, in whole milliseconds and never none at all,
  /// which would be a wait without a bound. Rounded up: a wait that ended before the time, by
  /// however little, would be told as a connection that was lost.
  ///
  /// @param left what is left of the budget
  Duration answer(Duration left) {
    long millis = left.plusNanos(999_999).toMillis();
    return Duration.ofMillis(Math.clamp(millis, 1, ANSWER.toMillis()));
  }

  /// What must be left of the budget for a COMMIT: what is given up before it did not happen, what
  /// is given up after it may have.
  Duration forCommit() {
    // Not by dividedBy, for which Java computes powers of ten that nobody needs, 13 ms long.
    Duration share = Duration.ofMillis(budget.toMillis() / 10);
    return share.compareTo(LONGEST_FOR_COMMIT) < 0 ? share : LONGEST_FOR_COMMIT;
  }

  /// The same at another address: a server that was started again may listen on another port.
  DatabaseSettings at(String otherUrl) {
    return new DatabaseSettings(otherUrl, user, password, facility, budget, durability, direct);
  }

  /// For a connection that runs commands: everything bounded in time.
  ///
  /// @param left what is left of the budget
  ConnectionSettings forCommands(Duration left) {
    Properties properties = driver();
    properties.setProperty("connectTimeout", connectSeconds(left));
    properties.setProperty("socketTimeout", Long.toString(ANSWER.toSeconds()));
    return new ConnectionSettings(
        properties,
        streamSession().with(SETTLED_PLANS).with(FEW_ROWS).with(BOUNDS).with(KEEP_ALIVE));
  }

  private SessionSettings streamSession() {
    SessionSettings session = new SessionSettings(MEANING).with(NO_BOUNDS);
    return switch (durability) {
      case KEPT -> session;
      case SIMULATED -> session.with(SETTLED_PLANS).with(Map.of("synchronous_commit", "off"));
    };
  }

  /// A command that may take two seconds must not wait three for a server that does not answer.
  private String connectSeconds(Duration left) {
    long seconds = Math.min(budget.toSeconds() / 2, left.toSeconds());
    return Long.toString(Math.clamp(seconds, 1, CONNECT_SECONDS));
  }

  /// The same without bounds: for streams, whose reader may pause for hours.
  ConnectionSettings forStreams() {
    return new ConnectionSettings(driver(), streamSession().with(ALL_ROWS));
  }

  /// For work of any length in a session of its own, in which names mean the facility's tables.
  public ConnectionSettings forOwnSession() {
    return new ConnectionSettings(driver(), ownSession());
  }

  private SessionSettings ownSession() {
    // Temporary tables come last, as otherwise they come first.
    SessionSettings session =
        streamSession().with(Map.of(SessionSettings.NAMES, facility.schema() + ", pg_temp"));
    // It may hold locks and say nothing for as long as a facility is copied: a firewall must not
    // take that for its end.
    return session.with(KEEP_ALIVE);
  }

  /// For work on the schema and the roles, which may take long, but waits no longer than a command
  /// for a table that others read or write.
  public ConnectionSettings forAdministration() {
    return new ConnectionSettings(
        driver(), ownSession().with(Map.of("lock_timeout", lockTimeout())));
  }

  /// As long as a command may take, for the server.
  public String lockTimeout() {
    return Long.toString(budget.toMillis());
  }

  /// For one who follows the log: nothing is bounded but the wait for an answer, so that a dead
  /// network is noticed.
  public ConnectionSettings forSubscribers() {
    Properties properties = driver();
    properties.setProperty("socketTimeout", Integer.toString(FOLLOWER_SOCKET_SECONDS));
    return new ConnectionSettings(properties, streamSession());
  }

  private Properties driver() {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("connectTimeout", connectSeconds(budget));
    // The server's DETAIL quotes rows, and rows hold names and phone numbers.
    properties.setProperty("logServerErrorDetail", "false");
    // The oldest that is supported: the driver then needs no further question to find out.
    properties.setProperty("assumeMinServerVersion", "15");
    return properties;
  }

  /// Whether the URL says itself when the driver prepares statements.
  boolean prepareThresholdIsGiven() {
    return url.contains("prepareThreshold=");
  }

  @Override
  public String toString() {
    return "%s facility %s".formatted(place(), facility);
  }
}
