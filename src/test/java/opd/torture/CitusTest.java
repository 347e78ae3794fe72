package opd.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import opd.testing.Prompt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A facility that one server of a Citus cluster holds, while desks work by way of others. The
/// cluster is whoever runs the tests' own; see [CitusCluster].
final class CitusTest {
  private static final String DAY = "20300107";

  @TempDir private static Path folder;
  private static CitusCluster cluster;
  private static String facility;
  private static FrontDesk one;
  private static FrontDesk other;

  @BeforeAll
  static void makeFacility() throws Exception {
    assumeTrue(
        CitusCluster.isNamed(),
        "OPD_TEST_CITUS_URL names no database of a Citus cluster: nothing is tried there");
    cluster = new CitusCluster();
    facility = cluster.newFacility();
    one = cluster.desk(facility, 0);
    other = cluster.desk(facility, 1);
  }

  @AfterAll
  static void dropFacilities() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  /// A doctor of the test's own, with a slot at each of these hours.
  private static void openSlots(String doctor, int capacity, int... hours) {
    one.must("doctor", "add", doctor, "--name", "Dr. " + doctor);
    for (int hour : hours) {
      one.must(
          ("slot open --doctor %s --start 2030-01-07T%02d:00 --minutes 60 --capacity %d")
              .formatted(doctor, hour, capacity)
              .split(" "));
    }
  }

  private static String label(String doctor, int hour) {
    return "%s-%s-%02d00".formatted(doctor, DAY, hour);
  }

  private static String[] allocate(String slot, int patient, String priority) {
    return ("allocate --slot %s --phone 98765%05d --name Patient --priority %s --source online")
        .formatted(slot, patient, priority)
        .split(" ");
  }

  /// What docs/desk.md shows, one command by way of this server and the next by way of that.
  @Test
  void theCommandsOfTheDesksPageWorkByWayOfTwoServers() {
    openSlots("RAO", 4, 9, 12, 13, 16);
    openSlots("IYER", 20, 9, 12, 13, 16);
    String noon = label("RAO", 12);
    List<String> lines =
        """
        allocate --slot RAO-1200 --phone 9876543215 --name Farah --priority follow-up --source online
        allocate --slot RAO-1200 --phone 9876543216 --name Ravi --priority follow-up --source online
        allocate --slot RAO-1200 --phone 9876543217 --name Mala --priority paid --source app
        allocate --slot RAO-1200 --unknown --priority emergency --source staff
        allocate --slot RAO-1200 --phone 9876543215 --member next --name Ali --priority emergency --source staff --dry-run
        allocate --slot RAO-1200 --phone 9876543218 --name Omar --priority emergency --source staff
        allocate --slot RAO-0900 --phone 9876543219 --name Lata --priority follow-up --source online
        queue RAO-1200
        slot list --date 2030-01-07
        patient find Far
        arrive RAO-1200-03
        call RAO-1200-03 --room 2
        next --slot RAO-1200 --room 2
        park RAO-1200-05
        return RAO-1200-05
        complete RAO-1200-05
        undo RAO-1200-05 --reason early
        cancel RAO-1200-04
        owed
        reallocate RAO-1200-02
        no-show RAO-1200-01
        move RAO-1200-05 --to RAO-1300
        slot delay RAO-1200 --minutes 20
        slot change RAO-1300 --capacity 6
        doctor late RAO --minutes 20 --from 2030-01-07T12:30
        doctor leave RAO --from 2030-01-07T15:00 --reason ill --cover IYER --dry-run
        slot cancel RAO-0900 --reason ill --move --dry-run
        slot cancel RAO-0900 --reason ill --move
        slot complete RAO-1200
        slot reopen RAO-1200 --reason early
        audit explain RAO-1200-03
        slip RAO-1200-02
        patient show 9876543216
        audit --slot RAO-1200
        report --from 2030-01-07 --to 2030-01-07
        metrics
        check
        """
            .replace("RAO-1", "RAO-" + DAY + "-1")
            .replace("RAO-0", "RAO-" + DAY + "-0")
            .lines()
            .toList();
    List<String> failed = new ArrayList<>();
    FrontDesk desk = one;
    for (String line : lines) {
      FrontDesk.Printed printed = desk.give(line.split(" "));
      if (printed.exit() != 0) {
        failed.add(line + ": " + printed);
      }
      desk = desk == one ? other : one;
    }
    assertThat(failed).isEmpty();
    assertThat(one.must("queue", noon)).isEqualTo(other.must("queue", noon));
    assertThat(
            one.script(
                "use %s\nqueue\nallocate --phone 9876543230 --name Uma".formatted(noon)
                    + " --priority paid --source app\ncancel last\n"))
        .contains("ADMITTED")
        .contains("DONE");
    assertThat(cluster.auditor(facility, 0).must("audit", "verify")).contains("\"ok\":true");
    assertThat(cluster.auditor(facility, 1).must("audit", "seal")).contains("digest");
  }

  @Test
  void theStatusTellsWhichServerHoldsTheFacility() throws SQLException {
    String node = cluster.holder(facility);
    assertThat(one.must("db", "status"))
        .contains("\"node\":\"%s\"".formatted(node))
        .contains("\"guards\":\"unaltered\"");
  }

  /// What the desk's login is refused at a prompt on one server, wherever the facility lies.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "update slot_count set capacity = 50 | 42501",
        "delete from token | 42501",
        "update audit_entry set actor = 'nobody' | 42501",
        "alter table token disable trigger all | 42501",
        "insert into token (slot_id, patient_id, priority, source, version) values (1, 1, 'PAID', 'APP', 2) | 23514",
        "insert into doctor (code, name, active) values ('EVE', 'Dr. Eve', false) | 23514",
        "insert into slot (doctor_code, starts_at, ends_at, capacity, status) values ('EVER', '2030-01-07T12:00Z', '2030-01-07T13:00Z', 1, 'CANCELLED') | 23514",
        "insert into patient (phone, name, salt, version) values ('+919876500001', 'x', substr(sha256('x'), 1, 16), 2) | 23514",
        "insert into patient (phone, name, salt) values ('+919876500001', 'x', sha256('x')) | 23514",
        "insert into doctor (code, name) values ('EVE', 'Dr. Eve') | COMMIT",
        "update slot set status = 'DELAYED', delay_minutes = 5 where status = 'SCHEDULED' | COMMIT",
        "update token set status = 'CANCELLED' where status = 'ACTIVE' | COMMIT",
        "update slot set capacity = capacity + 1 where status = 'SCHEDULED' | COMMIT",
      })
  void theDesksLoginIsRefused(String line) throws SQLException {
    openOnce();
    String[] parts = line.split(" \\| ");
    for (int entry = 0; entry < 3; entry++) {
      try (Prompt prompt = cluster.prompt(facility, "desk", entry)) {
        assertThat(refusal(prompt, parts[0])).as(line + " at " + entry).isEqualTo(parts[1]);
      }
    }
    assertThat(cluster.auditor(facility, 0).must("audit", "verify")).contains("\"ok\":true");
  }

  /// The statement's SQLSTATE, or that it was refused at COMMIT, which has another at each server.
  private static String refusal(Prompt prompt, String statement) throws SQLException {
    try {
      prompt.begin(statement);
    } catch (SQLException e) {
      return e.getSQLState();
    }
    try {
      prompt.commit();
    } catch (SQLException e) {
      return "COMMIT";
    }
    return "not refused";
  }

  private static boolean isOpen;

  private static synchronized void openOnce() {
    if (!isOpen) {
      openSlots("EVER", 3, 9);
      one.must(allocate(label("EVER", 9), 901, "paid"));
      isOpen = true;
    }
  }

  @Test
  void ofManyWhoWantTheLastPlaceOneGetsIt() throws Exception {
    openSlots("LAST", 1, 9);
    List<Future<FrontDesk.Printed>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (int patient = 0; patient < 6; patient++) {
        FrontDesk desk = patient % 2 == 0 ? one : other;
        String[] words = allocate(label("LAST", 9), 500 + patient, "paid");
        all.add(threads.submit(() -> desk.give(words)));
      }
    }
    List<Integer> exits = new ArrayList<>();
    for (Future<FrontDesk.Printed> each : all) {
      exits.add(each.get().exit());
    }
    assertThat(exits).containsOnlyOnce(0).allMatch(exit -> exit == 0 || exit == 3);
  }

  @Test
  void aBackupIsRestoredThereAndGoesOn() throws Exception {
    openSlots("KEPT", 5, 9);
    one.must(allocate(label("KEPT", 9), 601, "paid"));
    other.must(allocate(label("KEPT", 9), 602, "paid"));
    String file = folder.resolve("facility.backup").toString();
    one.must("db", "backup", file);
    String copy = cluster.nameOfFacility();
    cluster.administrator(copy, 1).must("db", "restore", file);
    cluster.makeRoles(copy);
    for (int entry = 0; entry < 2; entry++) {
      FrontDesk desk = cluster.desk(copy, entry);
      assertThat(desk.must(allocate(label("KEPT", 9), 610 + entry, "paid"))).contains("ADMITTED");
    }
    assertThat(cluster.auditor(copy, 0).must("audit", "verify")).contains("\"ok\":true");
    assertThat(one.must("db", "status")).contains("unaltered");
  }

  @Test
  void zoneAndNameOfAFacilityAreChangedByWayOfAWorker() throws Exception {
    String before = cluster.newFacility();
    String after = cluster.nameOfFacility();
    cluster.administrator(before, 1).must("db", "migrate", "--zone", "Asia/Colombo");
    assertThat(cluster.desk(before, 1).must("doctor", "add", "NEW", "--name", "Dr. New"))
        .contains("NEW");
    cluster
        .desk(before, 0)
        .must(
            "slot open --doctor NEW --start 2030-01-07T09:00 --minutes 60 --capacity 2".split(" "));
    FrontDesk.Printed fixed =
        cluster.administrator(before, 2).give("db", "migrate", "--zone", "UTC");
    assertThat(fixed.exit()).isEqualTo(2);
    assertThat(fixed.err()).contains("fixed when its first slot is opened");
    cluster.administrator(before, 1).must("db", "rename", before, "--to", after);
    cluster.administrator(after, 2).must("db", "migrate");
    assertThat(cluster.desk(after, 1).must(allocate(label("NEW", 9), 1, "paid")))
        .contains("ADMITTED");
    assertThat(cluster.desk(after, 0).must("db", "status"))
        .contains("Asia/Colombo")
        .contains("\"guards\":\"unaltered\"");
  }

  @Test
  void aSimulatedDayIsWholeThere() {
    FrontDesk.Printed day =
        cluster
            .administrator(facility, 1)
            .give("simulate", "--day", "2030-02-04", "--patients", "15", "--doctors", "2");
    assertThat(day.exit()).as(day.out() + day.err()).isZero();
  }

  /// The board asks at intervals; nobody's COMMIT is refused for it.
  @Test
  void deskWorkGoesOnBesideAFollower() throws Exception {
    openSlots("SEEN", 9, 9);
    String[] follow = "audit --follow --since 2020-01-01T00:00Z --limit 40".split(" ");
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<FrontDesk.Printed> followed = threads.submit(() -> other.give(follow));
      for (int patient = 0; patient < 6; patient++) {
        one.must(allocate(label("SEEN", 9), 700 + patient, "paid"));
        other.must("cancel", label("SEEN", 9) + "-%02d".formatted(patient + 1));
      }
      for (int patient = 0; !followed.isDone(); patient++) {
        one.must("doctor", "change", "SEEN", "--name", "Dr. Seen " + patient);
      }
      assertThat(followed.get().exit()).as(followed.get().err()).isZero();
      assertThat(followed.get().out().lines()).hasSize(40).doesNotHaveDuplicates();
      assertThat(followed.get().err()).contains("once a second");
    }
  }

  @Test
  void aFacilityIsMovedToAnotherServerWhileADeskWorks() throws Exception {
    String moved = cluster.newFacility();
    FrontDesk desk = cluster.desk(moved, 1);
    Morning.openSlots(desk, 20);
    AtomicBoolean isOver = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      FrontDesk follower = cluster.desk(moved, 0);
      String[] follow = "audit --follow --since 2020-01-01T00:00Z --limit 30".split(" ");
      Future<FrontDesk.Printed> followed = threads.submit(() -> follower.give(follow));
      Future<List<FrontDesk.Printed>> work =
          threads.submit(() -> {
            List<FrontDesk.Printed> all = new ArrayList<>();
            for (int patient = 0; patient < 60 && !isOver.get(); patient++) {
              String slot = label(patient % 2 == 0 ? "RAO" : "SEN", 9 + patient / 2 % 3);
              all.add(desk.give(allocate(slot, patient, "follow-up")));
            }
            return all;
          });
      for (int move = 0; move < 2; move++) {
        String before = cluster.holder(moved);
        cluster.move(moved);
        assertThat(cluster.holder(moved)).isNotEqualTo(before);
      }
      isOver.set(true);
      assertThat(work.get())
          .isNotEmpty()
          .allSatisfy(printed -> assertThat(printed.exit()).as(printed.toString()).isZero());
      try (Prompt prompt = cluster.prompt(moved, "desk", 0)) {
        assertThat(prompt.number("select count(*) from token")).isEqualTo(work.get().size());
      }
      for (int patient = 0; !followed.isDone(); patient++) {
        desk.must("doctor", "change", "SEN", "--name", "Dr. Sen " + patient);
      }
      assertThat(followed.get().out().lines()).hasSize(30).doesNotHaveDuplicates();
    }
    assertThat(desk.must(allocate(label("RAO", 9), 99, "paid"))).contains("ADMITTED");
    assertThat(cluster.auditor(moved, 0).must("audit", "verify")).contains("\"ok\":true");
  }
}
