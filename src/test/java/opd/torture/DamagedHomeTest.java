package opd.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import opd.testing.Prompt;
import opd.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What may befall the folder of the local server, or its clock: a sentence says what to do, and
/// when that is done, everything is there.
@Order(19)
final class DamagedHomeTest {
  private static final int NOT_SET_UP = 8;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @TempDir private static Path folder;
  // One cluster for those that leave it sound.
  private static OwnCluster sound;

  @BeforeAll
  static void start() throws Exception {
    sound = cluster(folder.resolve("sound"));
    sound.start();
  }

  @AfterAll
  static void stop() {
    sound.close();
  }

  /// By `scripts/check-as-root`: it takes root.
  @Test
  @Tag("full-disk")
  void aFullDiskAndOneThatCannotBeWrittenAreNamedAndNothingIsLost() throws Exception {
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), 160);
        OwnCluster cluster = cluster(disk.folder().resolve("home"))) {
      FrontDesk desk = desk(cluster, "main");
      Path filler = disk.fill();
      Told full = allocateUntilRefused(desk);
      assertThat(full.exit()).as(full.toString()).isEqualTo(Told.UNAVAILABLE);
      assertThat(full.err()).contains("disk", "room");

      cluster.stop();
      Told stopped = desk.tell(wish("stopped", 1));
      assertThat(stopped.exit()).as(stopped.toString()).isEqualTo(Told.UNAVAILABLE);
      assertThat(stopped.err()).contains("No space left", "Free some space");

      Files.delete(filler);
      cluster.start();
      cluster.stop();
      disk.remount("ro");
      Told unwritable = desk.tell(wish("unwritable", 2));
      assertThat(unwritable.exit()).as(unwritable.toString()).isEqualTo(Told.UNAVAILABLE);
      assertThat(unwritable.err()).contains("Read-only file system", "OPD_HOME");

      disk.remount("rw");
      assertThat(desk.tell(full.wish()).exit()).isIn(0, 3);
      assertThat(desk.must("audit", "verify")).contains("\"ok\":true");
    }
  }

  private static Told allocateUntilRefused(FrontDesk desk) {
    Random random = new Random(1);
    for (int number = 0; number < 2_000; number++) {
      Told told = desk.tell(new Wish("full-" + number, Morning.allocate(random), TIMEOUT));
      if (!told.isDecided()) {
        return told;
      }
    }
    throw new AssertionError("the disk was never full");
  }

  @Test
  void aDataFolderThatItsOwnerMayNotWriteIsNamed() throws Exception {
    FrontDesk desk = desk(sound, sound.newFacility());
    sound.stop();
    Path data = sound.data();
    var open = Files.getPosixFilePermissions(data);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-x------"));
    Told told = desk.tell(wish("closed", 1));
    assertThat(told.exit()).as(told.toString()).isIn(Told.UNAVAILABLE, NOT_SET_UP);
    assertThat(told.err()).contains(data.toString());
    Files.setPosixFilePermissions(data, open);
    assertThat(desk.tell(wish("open", 2)).exit()).isZero();
  }

  @Test
  void passwordsOfAnotherServerAreNamed() throws Exception {
    FrontDesk desk = desk(sound, sound.newFacility());
    Path passwords = sound.home().resolve("postgresql").resolve("passwords");
    String own = Files.readString(passwords);
    Files.writeString(passwords, own.replaceAll("=.*", "=wrong-wrong-wrong-wrong"));
    Told told = desk.tell(wish("wrong", 1));
    assertThat(told.exit()).as(told.toString()).isEqualTo(NOT_SET_UP);
    assertThat(told.err()).contains(passwords.toString(), "backup");
    Files.writeString(passwords, own);
    assertThat(desk.tell(wish("right", 2)).exit()).isZero();
  }

  @Test
  void aClockSetBackAnHourLeavesTheLogInOrder() throws Exception {
    String facility = sound.newFacility();
    FrontDesk desk = desk(sound, facility);
    assertThat(desk.tell(wish("before", 1)).exit()).isZero();
    try (Prompt prompt = sound.prompt(facility)) {
      setBack(prompt, facility);
      for (int patient = 2; patient < 6; patient++) {
        Told told = desk.tell(wish("after-" + patient, patient));
        assertThat(told.exit()).as(told.toString()).isZero();
      }
      assertThat(
              prompt.number(
                  "select count(*) from audit_entry where at < pg_catalog.now() - interval '30 min'"))
          .as("entries that the clock dates after it was set back")
          .isPositive();
      assertThat(
              prompt.number(
                  "select count(*) from audit_entry a join audit_entry b on b.chain = a.chain"
                      + " and b.number = a.number + 1 where b.at < a.at"))
          .isZero();
    }
    assertThat(desk.must("audit", "verify")).contains("\"ok\":true");
  }

  /// The facility's functions now read a clock of their own, an hour behind the machine's.
  private static void setBack(Prompt prompt, String facility) throws SQLException {
    String schema = "opd_" + facility;
    String earlier =
        "create function %1$s.%2$s() returns timestamptz language sql stable as"
            + " 'select pg_catalog.%2$s() - interval ''1 hour'''";
    prompt.run(
        earlier.formatted(schema, "now"),
        earlier.formatted(schema, "clock_timestamp"),
        ("do $$ declare f regprocedure; begin for f in select oid from pg_proc"
                + " where pronamespace = '%1$s'::regnamespace and proconfig is not null loop"
                + " execute format('alter function %%s set search_path = %1$s, pg_catalog, pg_temp',"
                + " f); end loop; end $$")
            .formatted(schema),
        // What it calls was bound when it was made.
        ("do $$ begin execute replace(pg_get_functiondef('%1$s.decision_time(text)'::regprocedure),"
                + " 'now()', '%1$s.now()'); end $$")
            .formatted(schema));
  }

  @Test
  void aSetUpThatIsKilledIsBegunAnew() throws Exception {
    Path home = folder.resolve("home");
    try (OwnCluster cluster = new OwnCluster(home, Optional.of(TestServer.get().home()))) {
      Path postgresql = home.resolve("postgresql");
      for (String begun : List.of("passwords", "data.partial-.*", "data")) {
        Process start = OtherProcess.start(cluster.desk("main"), folder, List.of("db", "start"));
        assertThat(OtherProcess.killWhen(start, () -> isThere(postgresql, begun)))
            .as("killed when there was %s", begun)
            .isTrue();
      }
      FrontDesk desk = cluster.desk("main");
      Morning.openSlots(desk, 2);
      assertThat(desk.tell(wish("after", 1)).exit()).isZero();
    }
  }

  /// @param name as a regular expression
  private static boolean isThere(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().matches(name));
    }
  }

  private static OwnCluster cluster(Path home) throws IOException {
    TestServer.lendHome(home);
    return new OwnCluster(home, Optional.empty());
  }

  private static FrontDesk desk(OwnCluster cluster, String facility) {
    FrontDesk desk = cluster.desk(facility);
    desk.must("db", "migrate");
    Morning.openSlots(desk, 500);
    return desk;
  }

  private static Wish wish(String id, int patient) {
    return new Wish(
        id,
        List.of(
            "allocate",
            "--slot",
            "RAO-20300107-0900",
            "--phone",
            "98765432%02d".formatted(patient),
            "--name",
            "Patient " + patient,
            "--priority",
            "paid",
            "--source",
            "app"),
        TIMEOUT);
  }
}
