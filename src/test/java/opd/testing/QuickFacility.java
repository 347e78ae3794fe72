package opd.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import opd.domain.ClockSource;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.store.connection.DatabaseSettings;
import opd.store.schema.FacilitySetup;
import opd.store.schema.MigrationSteps;
import opd.store.schema.Migrations;

/// Makes a facility from the migrations' own scripts in a third of the time that Flyway takes, and
/// without the lock under which one test would wait for the other. The order of the scripts and the
/// history come from a model that Flyway has made on the same server.
final class QuickFacility {
  private static final Path SCRIPTS = Path.of("db", "migration");
  // Flyway's own names, and without the rows' facility.
  private static final String HISTORY =
      """
      create table flyway_schema_history (like %1$s.flyway_schema_history including defaults);
      alter table flyway_schema_history add constraint flyway_schema_history_pk primary key (installed_rank);
      create index flyway_schema_history_s_idx on flyway_schema_history (success);
      insert into flyway_schema_history select * from %1$s.flyway_schema_history;
      update flyway_schema_history set script = replace(script, '%1$s', '%2$s');
      """;

  private final FacilityName facility;
  private final FacilitySetup setup;
  private final DatabaseSettings administrator;
  private final DatabaseSettings desk;
  private final FacilityName model = new FacilityName("model_" + digest());

  private QuickFacility(FacilityName facility, FacilitySetup setup) {
    this.facility = facility;
    this.setup = setup;
    this.administrator = TestServer.get().builder(facility);
    this.desk = TestServer.get().desk(facility);
  }

  static void make(FacilityName facility, FacilitySetup setup) {
    try {
      new QuickFacility(facility, setup).make();
    } catch (SQLException e) {
      throw new IllegalStateException("facility " + facility + " could not be made", e);
    }
  }

  /// Of a facility that nobody works in any more.
  static void drop(FacilityName facility) {
    DatabaseSettings administrator = TestServer.get().builder(facility);
    String roles =
        Stream.of(FacilityRole.values()).map(facility::role).collect(Collectors.joining(", "));
    try (Connection connection = connect(administrator);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "set lock_timeout = '%ds'; drop schema if exists %s cascade; drop role if exists %s"
              .formatted(administrator.budget().toSeconds(), facility.schema(), roles));
    } catch (SQLException e) {
      throw new IllegalStateException("facility " + facility + " could not be dropped", e);
    }
  }

  private static Connection connect(DatabaseSettings settings) throws SQLException {
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }

  private void make() throws SQLException {
    try (Connection connection = connect(administrator);
        Statement statement = connection.createStatement()) {
      makeModel(statement);
      // What the functions say was checked when the model was made.
      statement.execute(
          "create schema %1$s; set search_path = %1$s, public; set check_function_bodies = off"
              .formatted(facility.schema()));
      statement.execute(scripts(statement));
      MigrationSteps.setRow(connection, facility, setup);
      MigrationSteps.grant(connection, facility);
      statement.execute("grant %s to %s".formatted(facility.role(FacilityRole.DESK), desk.user()));
    }
  }

  /// Of several at the same moment one does the work; it also makes the desk's login.
  private void makeModel(Statement statement) throws SQLException {
    String ready =
        "select rolname from pg_roles r join pg_auth_members m on m.roleid = r.oid where rolname = '%s'";
    if (column(statement, ready.formatted(model.role(FacilityRole.DESK))).isEmpty()) {
      Migrations migrations = new Migrations(administrator.forFacility(model));
      migrations.migrate(TestFacility.setup(ClockSource.DATABASE, ZoneId.of("UTC")));
      migrations.admitDesk(desk.user(), desk.password());
    }
  }

  /// What Flyway carried out for the model, with this facility's values.
  private String scripts(Statement statement) throws SQLException {
    StringBuilder all = new StringBuilder();
    StringBuilder checksums = new StringBuilder();
    String query =
        "select script from %s.flyway_schema_history where type = 'SQL' order by installed_rank";
    for (String name : column(statement, query.formatted(model.schema()))) {
      String script = filled(read(SCRIPTS.resolve(name)));
      all.append(script).append('\n');
      if (name.startsWith("R__")) {
        checksums.append(
            "update flyway_schema_history set checksum = %d where script = '%s';\n"
                .formatted(checksum(script), name));
      }
    }
    return all + HISTORY.formatted(model.schema(), facility.schema()) + checksums;
  }

  private String filled(String script) {
    String filled =
        script
            .replace("${desk_role}", facility.role(FacilityRole.DESK))
            .replace("${flyway:defaultSchema}", facility.schema());
    if (filled.contains("${")) {
      throw new IllegalStateException("a placeholder that is not filled here: " + filled);
    }
    return filled;
  }

  /// As Flyway computes it, of a repeatable migration with its values.
  private static int checksum(String script) {
    CRC32 crc = new CRC32();
    script.lines().forEach(line -> crc.update(line.getBytes(UTF_8)));
    return (int) crc.getValue();
  }

  /// Of all that the model is made from.
  private static String digest() {
    CRC32 crc = new CRC32();
    try (Stream<Path> files = Files.walk(Path.of("db"))) {
      files
          .filter(Files::isRegularFile)
          .sorted()
          .map(QuickFacility::read)
          .forEach(text -> crc.update(text.getBytes(UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Long.toHexString(crc.getValue());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The values of a query's first column.
  static List<String> column(Statement statement, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
