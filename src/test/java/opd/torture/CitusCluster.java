package opd.torture;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import opd.testing.Prompt;

/// A Citus cluster that whoever runs the tests has made: a coordinator and two workers at least,
/// `citus.enable_schema_based_sharding` set for the database, and servers that let each other in as
/// any role. OPD_TEST_CITUS_URL is a JDBC URL of the coordinator's database, OPD_TEST_CITUS_USER
/// its superuser and OPD_TEST_CITUS_PASSWORD his password, if he needs one. Facilities that tests
/// make are dropped.
final class CitusCluster implements AutoCloseable {
  private static final String PASSWORD = "of the tests";
  private static final int MOST_ATTEMPTS = 10;

  private final String coordinator = value("OPD_TEST_CITUS_URL", "");
  private final String user = value("OPD_TEST_CITUS_USER", "postgres");
  private final String password = value("OPD_TEST_CITUS_PASSWORD", "");
  private final List<String> workers = new ArrayList<>();
  private final List<String> facilities = new ArrayList<>();

  static boolean isNamed() {
    return !value("OPD_TEST_CITUS_URL", "").isEmpty();
  }

  private static String value(String variable, String otherwise) {
    String found = System.getenv(variable);
    return found == null ? otherwise : found;
  }

  CitusCluster() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select nodename || ':' || nodeport from pg_dist_node where groupid <> 0 order by groupid")) {
      while (rows.next()) {
        workers.add(
            coordinator.replaceFirst("//[^/]*/", "//" + rows.getString(1).replace("$", "") + "/"));
      }
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(coordinator, user, password);
  }

  /// One that desks come by.
  ///
  /// @param entry 0 for the coordinator, else a worker
  private String url(int entry) {
    return entry == 0 ? coordinator : workers.get(entry - 1);
  }

  /// A name that no facility has.
  String nameOfFacility() {
    String name = "c" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    facilities.add(name);
    return name;
  }

  /// Made by way of a worker, with roles that log in.
  String newFacility() {
    String name = nameOfFacility();
    administrator(name, 1).must("db", "migrate", "--region", "IN", "--zone", "Asia/Kolkata");
    makeRoles(name);
    return name;
  }

  void makeRoles(String facility) {
    administrator(facility, 1)
        .with(Map.of("OPD_DESK_PASSWORD", PASSWORD, "OPD_AUDITOR_PASSWORD", PASSWORD))
        .must("db", "roles");
    // The owner is another now, and upgrades as before.
    administrator(facility, 1).must("db", "migrate");
  }

  FrontDesk administrator(String facility, int entry) {
    return as(facility, entry, user, password);
  }

  FrontDesk desk(String facility, int entry) {
    return as(facility, entry, "opd_" + facility + "_desk", PASSWORD);
  }

  FrontDesk auditor(String facility, int entry) {
    return as(facility, entry, "opd_" + facility + "_auditor", PASSWORD);
  }

  private FrontDesk as(String facility, int entry, String login, String loginsPassword) {
    return new FrontDesk(
        new HashMap<>(
            Map.of(
                "OPD_DB_URL",
                url(entry),
                "OPD_DB_USER",
                login,
                "OPD_DB_PASSWORD",
                loginsPassword,
                "OPD_FACILITY",
                facility,
                "OPD_ACTOR",
                "desk",
                "OPD_HOME",
                "/proc/nonexistent",
                "HOME",
                "/proc/nonexistent")));
  }

  /// A prompt of one of the facility's roles.
  Prompt prompt(String facility, String role, int entry) throws SQLException {
    Connection connection =
        DriverManager.getConnection(url(entry), "opd_" + facility + "_" + role, PASSWORD);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set search_path = opd_" + facility);
      statement.execute("set timezone = 'Asia/Kolkata'");
    }
    return new Prompt(connection);
  }

  /// The server that holds the facility.
  String holder(String facility) throws SQLException {
    return text(
        """
        select nodename || ':' || nodeport
          from pg_dist_shard join pg_dist_placement using (shardid) join pg_dist_node using (groupid)
         where logicalrelid = 'opd_%s.facility'::regclass\
        """
            .formatted(facility));
  }

  /// Moves the facility to another worker. Where that meets desks who hold what it needs, and it
  /// what they need, Citus may end the move, of which nothing stays once it is cleaned up.
  void move(String facility) throws SQLException {
    String holder = holder(facility);
    String target =
        text(
            "select nodename || ':' || nodeport from pg_dist_node where groupid <> 0"
                + " and nodename || ':' || nodeport <> '%s' order by groupid limit 1"
                    .formatted(holder));
    int colon = target.lastIndexOf(':');
    String moving =
        "select citus_schema_move('opd_%s', '%s', %s)::text"
            .formatted(facility, target.substring(0, colon), target.substring(colon + 1));
    for (int attempt = 1; ; attempt++) {
      try {
        text(moving);
        return;
      } catch (SQLException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
        run("call citus_cleanup_orphaned_resources()");
      }
    }
  }

  private void run(String statement) throws SQLException {
    try (Connection connection = connect();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private String text(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Override
  public void close() {
    for (String facility : facilities) {
      administrator(facility, 0).give("db", "drop", facility, "--confirm", facility);
    }
  }
}
