package opd.cli;

import static opd.cli.CommandLineFixture.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import opd.cli.log.MaskingEncoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a real process logs at the most talkative level: never a name, never a phone number.
final class LogSecrecyTest {
  private static final List<String> PATIENTS =
      List.of("9876543201", "9876543202", "9811111111", "Ashalata", "Balaram", "Chitra");

  @TempDir Path folder;
  private CommandLineFixture line;

  @BeforeEach
  void open() {
    line = new CommandLineFixture().with("OPD_OUTPUT", "json");
  }

  @AfterEach
  void close() {
    line.close();
  }

  /// Of these lines, those that hold what no log may hold.
  private static List<String> leaks(List<String> log) {
    return log.stream().filter(text -> PATIENTS.stream().anyMatch(text::contains)).toList();
  }

  private List<String> logOf(String input, String... command)
      throws IOException, InterruptedException {
    Path in = Files.writeString(folder.resolve("in"), input);
    Path err = folder.resolve("err");
    ProcessBuilder builder = line.process(command);
    builder.environment().put("OPD_LOG", "TRACE");
    Process process =
        builder
            .redirectInput(in.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(err.toFile())
            .start();
    process.waitFor();
    List<String> log = new ArrayList<>();
    for (String text : Files.readAllLines(err)) {
      JsonNode node = new ObjectMapper().readTree(text);
      // An error is said to the person who typed the name, and is no log.
      if (!node.has("error")) {
        assertThat(node.path("loggerName").asText()).as(text).isNotEmpty();
        log.add(text);
      }
    }
    return log;
  }

  @Test
  void noCommandOfADeskLogsANameOrAPhoneNumber() throws Exception {
    Path list = folder.resolve("list.csv");
    Files.writeString(
        list,
        "slot,phone,name,priority,source\n%s,9876543202,Balaram,FOLLOW_UP,APP\n%s,987,Chitra,x,y\n"
            .formatted(SLOT, SLOT));
    String allocate = "allocate --slot %s --phone %s --name %s --priority paid --source app\n";
    String script =
        """
        doctor add RAO --name Rao
        slot open --doctor RAO --start 2030-01-07T09:00Z --minutes 60 --every 30 --until 2030-01-07T11:00Z --capacity 1
        slot open --doctor RAO --start 2030-01-07T09:00Z --minutes 60 --capacity 1
        """
            + allocate.formatted(SLOT, "9876543201", "Ashalata")
            + allocate.formatted(SLOT, "9876543201", "Chitra")
            + allocate.formatted(SLOT, "9876543201", "'Chitra\u202e'")
            + allocate.formatted(SLOT, "98765432019876543201", "Chitra")
            + "allocate --from "
            + list
            + "\n"
            + """
            queue %1$s
            slip %1$s-01
            patient find Ashalata
            patient show 9876543201
            patient add --phone 9876543201 --name Chitra
            patient change --phone 9876543201 --name Chitra --new-phone 9811111111
            patient show 9876543201
            audit --patient 9811111111
            allocate --slot %1$s --phone 9811111111 --member next --name Ashalata --priority paid --source app
            patient add --phone 9811111111 --name Balaram
            patient export 9811111111 --member 1
            patient erase 9811111111 --member 2 --reason "Ashalata asked"
            patient erase 9811111111 --member 2 --reason "in writing"
            patient find "Ashalata 981"
            audit explain %1$s-01
            audit verify
            cancel %1$s-01 --reason "Chitra called"
            no-show %1$s-01
            reallocate %1$s-01
            slot cancel %1$s --reason "Chitra called" --yes
            nonsense Chitra
            """
                .formatted(SLOT);

    List<String> log = logOf(script, "console");

    assertThat(log).hasSizeGreaterThan(10);
    assertThat(leaks(log)).isEmpty();
  }

  @Test
  void migratingLogsMuchAndNeitherANameNorAPhoneNumber() throws Exception {
    line.withSlot(1);
    line.run(
        "allocate",
        "--slot",
        SLOT,
        "--phone",
        "9876543201",
        "--name",
        "Ashalata",
        "--priority",
        "paid",
        "--source",
        "app");
    var administrator = line.facility().administrator();
    line.with("OPD_DB_USER", administrator.user())
        .with("OPD_DB_PASSWORD", administrator.password());

    List<String> log = logOf("", "db", "migrate");

    assertThat(log).anyMatch(text -> text.contains("org.flywaydb"));
    assertThat(leaks(log)).isEmpty();
  }

  /// The twin: a careless line, as a library might write it.
  @Test
  void aLineThatHoldsOneIsSeen() {
    assertThat(leaks(List.of("{\"formattedMessage\":\"Key (phone)=(+919876543201)\"}"))).hasSize(1);
    assertThat(leaks(List.of("{\"formattedMessage\":\"name Ashalata\"}"))).hasSize(1);
  }

  @Test
  void ofAPhoneNumberThatALibraryQuotesOnlyTheLastTwoDigitsAreLogged() {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    MaskingEncoder encoder = new MaskingEncoder();
    encoder.setContext(context);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    LoggingEvent event =
        new LoggingEvent(
            "",
            context.getLogger("a.library"),
            Level.ERROR,
            "no row for +919876543201",
            new IllegalStateException("duplicate +4915112345678 and +919876543202"),
            null);
    String logged = new String(encoder.encode(event), StandardCharsets.UTF_8);
    assertThat(logged)
        .contains("no row for +…01", "duplicate +…78 and +…02")
        .doesNotContainPattern("\\+[0-9]{3}");
    assertThat(Stream.of(logged).map(LogSecrecyTest::parsed)).allMatch(JsonNode::isObject);
  }

  private static JsonNode parsed(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }
}
