package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import opd.domain.ClockSource;
import opd.testing.ClassFacility;
import opd.testing.TestFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// People read and type times in their own zone; labels and days are the facility's, and JSON and
/// what is stored stay UTC.
final class LocalTimeTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private CommandLineFixture line;

  @BeforeEach
  void aSlotAtNineUtc() {
    line = new CommandLineFixture(facility.anew()).withSlot(2);
    assertThat(line.allocate(1, "paid").exit()).isZero();
  }

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void aQueueIsShownInTheZoneOfTheReader() {
    assertThat(line.run("queue", CommandLineFixture.SLOT, "--zone", "Asia/Kolkata").out())
        .isEqualTo(
            """
            RAO-20300107-0900  Mon 7 Jan 2030 14:30–15:30 IST  1 of 2 taken
            #  TOKEN  PRIORITY  PATIENT    PHONE          EXPECTED  SOURCE
            1     01  PAID      Patient 1  +919876543201  14:30     walk-in
            """);
  }

  @Test
  void aZoneWithoutANameIsCalledByItsOffsetAndTheDayOfASlotIsTheFacilitys() {
    line.with("OPD_ZONE", "Pacific/Marquesas");
    assertThat(line.run("slot", "list", "--date", "2030-01-06").out())
        .isEqualTo("No slots on that day. Open one with: opd slot open --help\n");
    assertThat(line.run("slot", "list", "--date", "2030-01-07").out())
        .contains("TIME (GMT-09:30)", "23:30–00:30");
    assertThat(line.run("slot", "list", "--date", "2030-01-07", "--zone", "UTC").out())
        .contains("TIME (UTC)", "09:00–10:00");
    assertThat(line.run("slot", "show", CommandLineFixture.SLOT).out())
        .contains("day        Sun 6 Jan 2030", "time       23:30–00:30 GMT-09:30");
  }

  @Test
  void theZoneOfTheFacilityHoldsUntilAPersonHasAnother() {
    var kolkata = TestFacility.create(ClockSource.DATABASE, ZoneId.of("Asia/Kolkata"));
    try (CommandLineFixture there = new CommandLineFixture(kolkata).withSlot(2)) {
      String slot = "RAO-20300107-1430";
      assertThat(there.run("queue", slot).out()).contains("14:30–15:30 IST");
      assertThat(there.run("queue", slot, "--zone", "Asia/Tokyo").out())
          .contains("18:00–19:00 JST");
    }
  }

  @Test
  void aBareTimeIsMeantInTheReadersZoneAndALabelInTheFacilitys() {
    line.with("OPD_ZONE", "Asia/Kolkata");
    var opened =
        line.json(
            "slot",
            "open",
            "--doctor",
            "RAO",
            "--start",
            "23:45",
            "--minutes",
            "10",
            "--capacity",
            "1");
    String label = opened.json().required("label").asText();
    assertThat(label).endsWith("-1815");
    assertThat(opened.json().required("start").asText()).endsWith("T18:15:00Z");
    String shown = line.json("slot", "show", label).json().required("label").asText();
    assertThat(shown).isEqualTo(label);
  }

  @Test
  void jsonAndALabelInFullAreUtcInEveryZone() {
    String plain = line.json("queue", CommandLineFixture.SLOT).out();
    line.with("OPD_ZONE", "America/New_York");
    assertThat(line.json("queue", CommandLineFixture.SLOT).out()).isEqualTo(plain);
    assertThat(plain).contains("\"expectedAt\":\"2030-01-07T09:00:00Z\"");
  }

  @Test
  void anAnswerAndTheLogAreToldInTheZone() {
    line.with("OPD_ZONE", "Asia/Kolkata");
    assertThat(line.allocate(2, "paid").out()).contains("about 15:00 IST");
    assertThat(line.run("audit", "--slot", CommandLineFixture.SLOT).out()).contains("TIME (IST)");
  }

  @Test
  void everyTimeAPersonSeesIsInTheFacilitysZone() {
    var kolkata = TestFacility.create(ClockSource.DATABASE, ZoneId.of("Asia/Kolkata"));
    try (CommandLineFixture there = new CommandLineFixture(kolkata).withSlot(2)) {
      String slot = "RAO-20300107-1430";
      var console =
          there.script(
              """
              use %s
              allocate --phone 9876543201 --name One --priority paid --source app
              slip last
              queue
              slip '#1'
              slip 1
              patient show 9876543201
              audit explain 1
              """
                  .formatted(slot));

      assertThat(console.err()).isEmpty();
      assertThat(console.out().split("14:30–15:30 IST", -1)).as(console.out()).hasSize(5);
      assertThat(console.out())
          .contains("about 14:30 IST", slot + "-01")
          .containsPattern("at [0-9:]{8} IST, desk asked for a place")
          .doesNotContain("UTC", "09:00");
    }
  }

  @Test
  void aListWithADelayedSlotFitsIntoATerminal() {
    line.run("slot", "delay", CommandLineFixture.SLOT, "--minutes", "120");
    var list =
        line.run(80, "slot", "list", "--all", "--zone", "Pacific/Marquesas", "--color", "never");
    assertThat(list.out()).contains("DELAYED 120 min").contains("TIME (GMT-09:30)");
    assertThat(list.out().lines()).allMatch(text -> text.length() <= 80);
  }

  @Test
  void whereClocksAreSetARangeShowsItsOffsets() {
    var angeles = TestFacility.create(ClockSource.DATABASE, ZoneId.of("America/Los_Angeles"));
    try (CommandLineFixture there = new CommandLineFixture(angeles)) {
      there.run("doctor", "add", "RAO", "--name", "Dr. Rao");
      for (String start : new String[] {"2026-11-01 01:30", "2026-11-01 01:30b"}) {
        assertThat(
                there
                    .run(
                        "slot",
                        "open",
                        "--doctor",
                        "RAO",
                        "--start",
                        start,
                        "--minutes",
                        "45",
                        "--capacity",
                        "1")
                    .out())
            .contains(start.endsWith("b") ? "RAO-20261101-0130b" : "RAO-20261101-0130 ");
      }
      assertThat(there.run("slot", "list", "--date", "2026-11-01").out())
          .contains("01:30-07:00–01:15-08:00", "01:30-08:00–02:15-08:00");
      assertThat(there.json("slot", "show", "rao-20261101-0130b").json().path("start").asText())
          .isEqualTo("2026-11-01T09:30:00Z");
    }
  }

  @Test
  void anUnknownZoneIsAClearError() {
    var result = line.json("queue", "--zone", "Asia/Bombay");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.error().required("message").asText()).contains("is not a time zone");
  }
}
