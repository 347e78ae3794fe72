package opd.cli;

import static opd.cli.CommandLineFixture.SLOT;
import static opd.cli.OutputSchema.checked;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import opd.domain.Days;
import opd.domain.FacilityName;
import opd.report.Settled;
import opd.service.FacilityServices;
import opd.testing.ClassFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `opd report` at the command line.
final class ReportCommandTest {
  @AutoClose private static final ClassFacility facility = new ClassFacility();

  private static final String[] THAT_DAY = {"report", "--from", "2030-01-07"};

  @TempDir Path folder;
  private CommandLineFixture line;

  @BeforeEach
  void liveThroughADay() {
    line = new CommandLineFixture(facility.anew()).withSlot(2);
    line.allocate(1, "follow-up");
    line.allocate(2, "follow-up");
    line.allocate(3, "follow-up"); // SLOT_FULL
    line.allocate(4, "emergency", "--reason", "chest pain"); // displaces 2
    line.run("cancel", SLOT + "-01");
    line.run("reallocate", SLOT + "-02");
    line.run("call", SLOT + "-03");
    line.run("complete", SLOT + "-03");
    settle(line);
  }

  @AfterEach
  void close() {
    line.close();
  }

  private static void settle(CommandLineFixture line) {
    try (FacilityServices desk = line.facility().desk()) {
      Settled.await(desk, Days.of(LocalDate.of(2030, 1, 7)));
    }
  }

  private CommandLineFixture.Result report(String... options) {
    return line.run(with(THAT_DAY, options));
  }

  private static String[] with(String[] first, String... more) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void aTableByPriorityShowsWhatHappened() {
    assertThat(report("--by", "priority").out().lines().skip(2).limit(5))
        .containsExactly(
            "PRIORITY   ASKED  GIVEN  AWAY  LOST  BACK  OWED  SEEN  NO-SH  WAIT  90 %    <30",
            "EMERGENCY      1      1     0     0     0     0     1      0  0:00  0:00  100.0",
            "FOLLOW_UP      3      2     1     1     1     0     0      0     -     -      -",
            "all            4      3     1     1     1     0     1      0  0:00  0:00  100.0",
            "");
    assertThat(report().out())
        .containsPattern("  places lost +1\n")
        .contains("The price of priority", "opd help figures")
        .doesNotContain("Patient 1", "98765432");
    assertThat(line.run("report").out()).contains("0 entries, up to transaction ");
  }

  @Test
  void csvHasTheColumnsThatWereChosen() {
    assertThat(
            report("--by", "doctor", "-o", "csv", "--columns", "group.doctor,requests,admitted")
                .out())
        .isEqualTo("group.doctor,requests,admitted\r\nRAO,4,3\r\n,4,3\r\n");
    assertThat(report("--by", "hour", "-o", "csv").out().lines().skip(1)).hasSize(2);
    assertThat(report("--columns", "nonsense").exit()).isEqualTo(2);
  }

  @Test
  void aKeptReportIsMadeAgainFromTheSameEntriesAndAChangedOneIsFound() throws IOException {
    Path file = folder.resolve("report.json");
    String printed = report("--by", "doctor", "-o", "json").out();
    Files.writeString(file, printed);
    line.allocate(5, "paid");
    CommandLineFixture.Result same = line.run("report", "--check", file.toString());
    assertThat(same.exit()).as(same.out() + same.err()).isZero();
    assertThat(same.out()).startsWith("The report is what the log tells: 10 entries");

    Files.writeString(file, printed.replaceFirst("\"admitted\":3", "\"admitted\":4"));
    CommandLineFixture.Result changed = line.json("report", "--check", file.toString());
    assertThat(changed.exit()).isEqualTo(7);
    checked("report-check", changed.json());
    assertThat(changed.json().path("differences").findValuesAsText("where"))
        .containsExactly("RAO.admitted");
    Files.writeString(file, printed.replaceFirst("\"entries\":10", "\"entries\":12"));
    assertThat(line.run("report", "--check", file.toString()).out())
        .contains("checkpoint.entries: 12 in the report, 10 in the log");
  }

  @Test
  void aChangeOfTheLogIsFound() throws Exception {
    Path file = folder.resolve("report.json");
    Files.writeString(file, report("-o", "json").out());
    asSuperuser("update audit_entry set hash = sha256('other') where kind = 'TOKEN_DISPLACED'");
    CommandLineFixture.Result changed = line.run("report", "--check", file.toString());
    assertThat(changed.exit()).isEqualTo(7);
    assertThat(changed.out()).contains("checkpoint.digest");
  }

  @Test
  void aLogOfWhichNoDayCanBeMadeIsSaidToBeDamaged() throws Exception {
    asSuperuser("delete from audit_entry where kind = 'TOKEN_DISPLACED'");
    damaged("cannot follow the one before");
    asSuperuser("update audit_entry set facts = '{}' where kind = 'TOKEN_ALLOCATED'");
    damaged("are not those of TOKEN_ALLOCATED");
  }

  private void damaged(String message) {
    CommandLineFixture.Result result = report();
    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(7);
    assertThat(result.err()).contains(message, "opd audit verify");
  }

  private void asSuperuser(String statement) throws SQLException {
    try (var connection = line.facility().connectAsSuperuser();
        var session = connection.createStatement()) {
      session.execute("set session_replication_role = replica");
      session.execute(statement);
    }
  }

  @Test
  void whatIsNoReportOfThisFacilityIsRefused() throws IOException {
    Path file = folder.resolve("report.json");
    for (String text :
        List.of("", "{}", "[]", "x", "{\"facility\":1}", report().out(), "{\"by\":null}")) {
      Files.writeString(file, text);
      refused("is no report", "report", "--check", file.toString());
    }
    String printed = report("-o", "json").out();
    Files.writeString(file, printed + printed);
    refused("is no report", "report", "--check", file.toString());
    Files.writeString(file, printed.replace("\"to\":\"2030", "\"to\":\"x"));
    refused("is no report", "report", "--check", file.toString());
    Files.writeString(file, printed.replace("\"to\":\"2030", "\"to\":\"+99999"));
    refused("is no report", "report", "--check", file.toString());
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    refused("is no report", "report", "--check", file.toString());
    refused("there is no file", "report", "--check", folder.resolve("none").toString());
    refused("is no report", "report", "--check", folder.toString());
    try (CommandLineFixture other = new CommandLineFixture().withSlot(1)) {
      FacilityName name = other.facility().name();
      Files.writeString(file, other.run(with(THAT_DAY, "-o", "json")).out());
      refused("another facility: \"" + name, "report", "--check", file.toString());
    }
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    refused("is after --to", "report", "--from", "2030-01-08", "--to", "2030-01-07");
    refused("is not a date", "report", "--from", "monday");
    refused("grouping", "report", "--by", "patient");
    refused("would name the staff", "report", "--by", "actor", "--publish");
    refused("--check goes alone", "report", "--check", "x", "--by", "doctor");
    refused("lists nothing", "report", "--check", "x", "-o", "csv");
    refused("cannot be written", "report", "--html", "/dev/null/page.html");
  }

  private void refused(String message, String... command) {
    CommandLineFixture.Result result = line.run(command);
    assertThat(result.exit()).as(String.join(" ", command) + result.out()).isEqualTo(2);
    assertThat(result.err()).contains(message);
  }

  @Test
  void aPublishedReportLeavesOutSmallFigures() {
    String out = report("--publish", "-o", "json").out();
    assertThat(out).contains("\"requests\":null", "\"places\":2", "\"leftOut\":[\"requests\"");
    assertThat(report("--publish").out())
        .containsPattern("  requests +\\*\n")
        .containsPattern("  places lost +\\*\n");
  }

  @Test
  void thePageShowsTheFiguresAndTheDayAndNobodysName() throws IOException {
    Path page = folder.resolve("page.html");
    assertThat(report("--html", page.toString()).exit()).isZero();
    String text = Files.readString(page);
    assertThat(text)
        .contains("What happened in ", "Monday 7 January 2030", "<article id=\"RAO\">")
        .contains("1 of 2", "patient 2, follow-up")
        .doesNotContain("Patient 1", "98765432", "simulated");
    report("--publish", "--html", page.toString());
    assertThat(Files.readString(page)).contains("* left out").doesNotContain("<article");
    report("--to", "2030-01-08", "--by", "weekday", "--html", page.toString());
    assertThat(Files.readString(page))
        .contains("to Tuesday 8 January", ">Mon<")
        .doesNotContain("<article");
  }
}
