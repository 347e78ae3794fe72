package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ManPagesTest {
  @Test
  void thePagesAreThoseThatTheHelpGives() throws Exception {
    Map<String, String> committed = new TreeMap<>();
    try (Stream<Path> pages = Files.list(ManPages.FOLDER)) {
      for (Path page : pages.toList()) {
        committed.put(page.getFileName().toString(), Files.readString(page));
      }
    }
    assertThat(committed)
        .as("run scripts/generate-man after a change of the help")
        .isEqualTo(ManPages.pages());
  }

  @Test
  void groffFindsNothingWrongWithThem() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "groff is missing");
    for (String page : ManPages.pages().keySet()) {
      Process groff =
          new ProcessBuilder(
                  "groff",
                  "-man",
                  "-Tutf8",
                  "-ww",
                  "-Kutf8",
                  ManPages.FOLDER.resolve(page).toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      String warnings = new String(groff.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(groff.waitFor()).as(warnings).isZero();
      assertThat(warnings).as(page).isEmpty();
    }
  }
}
