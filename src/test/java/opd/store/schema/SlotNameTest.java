package opd.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import opd.domain.DoctorCode;
import opd.domain.SlotLabel;
import opd.testing.TestFacility;
import opd.testing.TextTable;
import org.junit.jupiter.api.Test;

/// The label and the day that the database gives a new slot, by the clock on the facility's wall.
final class SlotNameTest {
  // zone, start, label, day
  private static final String NAMES =
      """
      UTC                 | 2026-11-28T09:00Z | RAO-20261128-0900  | 2026-11-28
      Asia/Kolkata        | 2026-11-28T09:00Z | RAO-20261128-1430  | 2026-11-28
      Asia/Kolkata        | 2026-11-28T18:30Z | RAO-20261129-0000  | 2026-11-29
      Asia/Kolkata        | 2026-11-28T18:29Z | RAO-20261128-2359  | 2026-11-28
      Asia/Kathmandu      | 2026-11-28T03:15Z | RAO-20261128-0900  | 2026-11-28
      America/Los_Angeles | 2026-11-29T00:00Z | RAO-20261128-1600  | 2026-11-28
      America/Los_Angeles | 2026-11-01T08:30Z | RAO-20261101-0130  | 2026-11-01
      America/Los_Angeles | 2026-11-01T09:30Z | RAO-20261101-0130b | 2026-11-01
      America/Los_Angeles | 2026-11-01T10:00Z | RAO-20261101-0200  | 2026-11-01
      America/Los_Angeles | 2026-11-02T09:30Z | RAO-20261102-0130  | 2026-11-02
      America/Los_Angeles | 2026-03-08T09:59Z | RAO-20260308-0159  | 2026-03-08
      America/Los_Angeles | 2026-03-08T10:00Z | RAO-20260308-0300  | 2026-03-08
      America/Los_Angeles | 2026-03-09T09:30Z | RAO-20260309-0230  | 2026-03-09
      Australia/Lord_Howe | 2026-04-04T14:30Z | RAO-20260405-0130  | 2026-04-05
      Australia/Lord_Howe | 2026-04-04T14:59Z | RAO-20260405-0159  | 2026-04-05
      Australia/Lord_Howe | 2026-04-04T15:00Z | RAO-20260405-0130b | 2026-04-05
      Australia/Lord_Howe | 2026-04-04T15:30Z | RAO-20260405-0200  | 2026-04-05
      Australia/Lord_Howe | 2026-10-03T15:30Z | RAO-20261004-0230  | 2026-10-04
      Antarctica/Troll    | 2026-10-25T00:30Z | RAO-20261025-0230  | 2026-10-25
      Antarctica/Troll    | 2026-10-25T01:30Z | RAO-20261025-0130b | 2026-10-25
      Africa/Casablanca   | 2026-02-15T01:30Z | RAO-20260215-0230  | 2026-02-15
      Africa/Casablanca   | 2026-02-15T02:30Z | RAO-20260215-0230b | 2026-02-15
      Pacific/Kiritimati  | 2026-11-28T10:00Z | RAO-20261129-0000  | 2026-11-29
      Pacific/Pago_Pago   | 2026-11-28T10:59Z | RAO-20261127-2359  | 2026-11-27
      Europe/London       | 2026-10-25T00:30Z | RAO-20261025-0130  | 2026-10-25
      Europe/London       | 2026-10-25T01:30Z | RAO-20261025-0130b | 2026-10-25
      """;

  @Test
  void aSlotIsNamedByTheClockOnTheWall() throws SQLException {
    try (TestFacility facility = TestFacility.create();
        var connection = facility.connectAsSuperuser();
        Statement statement = connection.createStatement()) {
      // Zones are fixed once there is a slot, and a slot needs its entry: none of it stays here.
      connection.setAutoCommit(false);
      statement.execute("insert into doctor (code, name) values ('RAO', 'Rao')");
      for (List<String> row : TextTable.rows(NAMES)) {
        statement.execute("savepoint before");
        statement.execute("update facility set zone = '" + row.get(0) + "'");
        assertThat(named(statement, row.get(1)))
            .as(row.get(0) + " " + row.get(1))
            .isEqualTo(row.get(2) + " " + row.get(3));
        statement.execute("rollback to before");
        // What the program plans with, in zones of which both know the same.
        Instant start = Instant.parse(row.get(1).replace("Z", ":00Z"));
        assertThat(SlotLabel.of(new DoctorCode("RAO"), start, ZoneId.of(row.get(0))))
            .hasToString(row.get(2));
        assertThat(SlotLabel.parse(row.get(2))).map(SlotLabel::toString).contains(row.get(2));
      }
      connection.rollback();
    }
  }

  private static String named(Statement statement, String start) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            """
            insert into slot (doctor_code, starts_at, ends_at, capacity)
            values ('RAO', '%s', timestamptz '%s' + interval '10 minutes', 1)
            returning label || ' ' || day\
            """
                .formatted(start, start))) {
      rows.next();
      return rows.getString(1);
    }
  }
}
