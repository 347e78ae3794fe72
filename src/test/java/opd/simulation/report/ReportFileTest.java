package opd.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import opd.domain.OpdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportFileTest {
  @TempDir Path folder;

  @Test
  void theFileIsReplacedAtOnceAndNothingElseIsLeft() throws IOException {
    Path place = folder.resolve("day.html");
    Files.writeString(place, "old");
    try (ReportFile file = ReportFile.at(place)) {
      assertThat(place).hasContent("old");
      file.write(out -> out.write("नया"));
    }
    assertThat(place).hasContent("नया");
    assertThat(files()).containsExactly(place);
  }

  @Test
  void aRunThatBreaksOffLeavesWhatWasThere() throws IOException {
    Path place = folder.resolve("day.html");
    Files.writeString(place, "old");
    try (ReportFile file = ReportFile.at(place)) {
      assertThatThrownBy(() ->
              file.write(out -> {
                out.write("half");
                throw new IOException("no space left");
              }))
          .isInstanceOf(OpdException.class)
          .hasMessageContaining("no space left");
      assertThatThrownBy(() ->
              file.write(out -> {
                throw new IllegalStateException(
                    "a template's", new UncheckedIOException(new IOException("no space left")));
              }))
          .isInstanceOf(OpdException.class)
          .hasMessageContaining("no space left");
    }
    assertThat(place).hasContent("old");
    assertThat(files()).containsExactly(place);
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefusedAtOnce() throws IOException {
    assertThatThrownBy(() -> ReportFile.at(folder)).hasMessageContaining("it is a folder");
    assertThatThrownBy(() -> ReportFile.at(folder.resolve("missing/day.html")))
        .hasMessageContaining("there is no folder");
    assertThatThrownBy(() -> ReportFile.at(Path.of("/dev/null")))
        .hasMessageContaining("not a file");
    assertThatThrownBy(() -> ReportFile.at(Path.of("/proc/day.html")))
        .hasMessageContaining("cannot be written");
    assertThat(files()).isEmpty();
  }

  private Stream<Path> files() throws IOException {
    return Files.list(folder);
  }
}
