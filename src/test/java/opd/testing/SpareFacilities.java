package opd.testing;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import opd.domain.ClockSource;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;

/// Facilities that tests have given back, for the next that want one of the kind: to put their rows
/// back is a tenth of the work of dropping one and making another. One whose schema, roles or
/// rights are not as they were made is dropped.
final class SpareFacilities {
  // What comes after it waits for the vacuum.
  private static final int MOST_ROWS = 2_000;

  /// Every change of an object of the facility, or of one of its roles, gives a row of the
  /// catalogue a newer xmin; one that is made or dropped is counted.
  private static final String SCHEMA =
      """
      with facility as materialized (select current_schema::regnamespace::oid as id),
        relation as materialized (select oid, xmin from pg_class where relnamespace = (select id from facility)),
        login as materialized (select oid, xmin from pg_authid where rolname in (%s)),
        change (x) as (
          select xmin from relation
          union all select xmin from login
          union all select xmin from pg_namespace where oid = (select id from facility)
          union all select xmin from pg_proc where pronamespace = (select id from facility)
          union all select xmin from pg_type where typnamespace = (select id from facility)
          union all select xmin from pg_constraint where connamespace = (select id from facility)
          union all select a.xmin from pg_attribute a join relation r on r.oid = attrelid
          union all select a.xmin from pg_attrdef a join relation r on r.oid = adrelid
          union all select t.xmin from pg_trigger t join relation r on r.oid = tgrelid
          union all select w.xmin from pg_rewrite w join relation r on r.oid = ev_class
          union all select i.xmin from pg_index i join relation r on r.oid = indrelid
          union all select p.xmin from pg_policy p join relation r on r.oid = polrelid
          union all select m.xmin from pg_auth_members m join login l on l.oid in (roleid, member)
          union all select s.xmin from pg_db_role_setting s join login l on l.oid = setrole
          union all select xmin from pg_default_acl where defaclnamespace = (select id from facility)
          union all select d.xmin from pg_depend d
            where refclassid = 'pg_namespace'::regclass and refobjid = (select id from facility))
      select concat(count(*), ' ', sum(x::text::bigint)) from change\
      """;

  /// @param rows and `schema`: as they were when it was made
  record Spare(FacilityName name, ClockSource clock, ZoneId zone, Rows rows, String schema) {}

  private final List<Spare> spares = new ArrayList<>();

  synchronized Optional<Spare> take(ClockSource clock, ZoneId zone) {
    Optional<Spare> found =
        spares.stream()
            .filter(spare -> spare.clock() == clock && spare.zone().equals(zone))
            .findFirst();
    found.ifPresent(spares::remove);
    return found;
  }

  /// One that was just made.
  static Spare note(TestFacility facility, ClockSource clock, ZoneId zone) {
    try (Connection connection = facility.connectAsSuperuser()) {
      return new Spare(
          facility.name(), clock, zone, Rows.read(connection), schema(connection, facility.name()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// @param facility in which nobody works any more
  void giveBack(Spare spare, TestFacility facility) {
    if (isAsGoodAsNew(spare, facility)) {
      synchronized (this) {
        spares.add(spare);
      }
    } else {
      QuickFacility.drop(spare.name());
    }
  }

  private static boolean isAsGoodAsNew(Spare spare, TestFacility facility) {
    try (Connection connection = facility.connectAsSuperuser();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      if (!schema(connection, spare.name()).equals(spare.schema())) {
        return false;
      }
      // Whoever had a transaction open has ended it, or this gives up.
      statement.execute("set local lock_timeout = '1s'");
      statement.execute("lock table " + String.join(", ", spare.rows().byTable().keySet()));
      if (spare.rows().putBack(connection) > MOST_ROWS) {
        return false;
      }
      connection.commit();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static String schema(Connection connection, FacilityName facility) throws SQLException {
    String roles =
        Stream.of(FacilityRole.values())
            .map(role -> "'" + facility.role(role) + "'")
            .collect(joining(", "));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SCHEMA.formatted(roles))) {
      row.next();
      return row.getString(1);
    }
  }

  /// All that are left.
  synchronized void drop() {
    spares.forEach(spare -> QuickFacility.drop(spare.name()));
    spares.clear();
  }
}
