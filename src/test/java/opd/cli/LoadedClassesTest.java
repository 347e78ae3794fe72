package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a command of a desk must not load, as each class costs its start time: seen in a real
/// process, without an AOT cache.
final class LoadedClassesTest {
  @TempDir Path folder;

  private static final List<String> NEVER_AT_THE_DESK =
      List.of(
          "org.flywaydb.",
          "com.zaxxer.",
          "org.jline.",
          "de.siegmar.",
          "org.apache.commons.compress.",
          "org.jooq.util.derby.",
          "org.jooq.util.mysql.",
          "opd.simulation.",
          "opd.intake.",
          "opd.verify.");

  // How wide a letter is; it needs nothing else of its library.
  private static final String WIDTHS = "org.jline.utils.WCWidth";

  @Test
  void aQueueAsATableLoadsNeitherJsonNorWhatLongCommandsNeed() throws Exception {
    try (CommandLineFixture desk = new CommandLineFixture().withSlot(2)) {
      List<String> loaded = loaded(desk, "queue", CommandLineFixture.SLOT);
      assertThat(loaded)
          .contains("opd.cli.command.QueueCommand", "org.postgresql.jdbc.PgConnection");
      assertThat(loaded).noneMatch(name -> startsWithAny(name, NEVER_AT_THE_DESK));
      assertThat(loaded).noneMatch(name -> name.startsWith("com.fasterxml."));
      // Only the command that was called.
      assertThat(loaded).noneMatch(name -> name.startsWith("opd.cli.command.AuditCommand"));
    }
  }

  @Test
  void anAllocationLoadsNeitherJsonsMapperNorWhatLongCommandsNeed() throws Exception {
    try (CommandLineFixture desk = new CommandLineFixture().withSlot(2)) {
      List<String> loaded =
          loaded(
              desk,
              "allocate",
              "--slot",
              CommandLineFixture.SLOT,
              "--phone",
              "9876543210",
              "--name",
              "Asha",
              "--priority",
              "paid",
              "--source",
              "walk-in");
      assertThat(loaded).contains("opd.cli.command.AllocateCommand");
      assertThat(loaded).noneMatch(name -> startsWithAny(name, NEVER_AT_THE_DESK));
      // JSON's tree and its text are needed, its mapper is not.
      assertThat(loaded).noneMatch("com.fasterxml.jackson.databind.ObjectMapper"::equals);
    }
  }

  private static boolean startsWithAny(String name, List<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith) && !name.startsWith(WIDTHS);
  }

  private List<String> loaded(CommandLineFixture desk, String... arguments)
      throws IOException, InterruptedException {
    Path log = folder.resolve("classes");
    ProcessBuilder builder = desk.process(arguments);
    // What is in the cache is there from the start, needed or not.
    builder.command().removeIf(word -> word.startsWith("-XX:AOTCache"));
    builder.environment().put("OPD_TIMEOUT", "60");
    // The last word on logging, after those that silence it.
    int last = builder.command().indexOf("-cp");
    builder.command().add(last, "-Xlog:class+load:file=" + log + "::filecount=0");
    Process process =
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectErrorStream(true).start();
    assertThat(process.waitFor()).isZero();
    try (Stream<String> lines = Files.lines(log)) {
      return lines.map(line -> line.substring(line.lastIndexOf("] ") + 2).split(" ")[0]).toList();
    }
  }
}
