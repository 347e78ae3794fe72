package opd.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryFileTest {
  @TempDir Path folder;

  @Test
  void onlyTheOwnerCanReadWhatIsKept() throws Exception {
    Path file = folder.resolve("new").resolve("history");
    HistoryFile history = new HistoryFile(file, Optional::of);

    history.add("queue");
    history.add("  queue ");
    history.add("");
    history.add("slot list");

    assertThat(new HistoryFile(file, Optional::of).lines()).containsExactly("queue", "slot list");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void aFileThatOthersCouldReadIsClosedToThem() throws Exception {
    Path file = Files.writeString(folder.resolve("history"), "old\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

    new HistoryFile(file, Optional::of).add("queue");

    assertThat(Files.readAllLines(file)).containsExactly("old", "queue");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void theNewestThousandLinesAreKeptAndStayPrivate() throws Exception {
    Path file = folder.resolve("history");
    Files.write(file, IntStream.rangeClosed(1, 2_001).mapToObj(n -> "queue " + n).toList());

    assertThat(new HistoryFile(file, Optional::of).lines())
        .hasSize(1_000)
        .first()
        .isEqualTo("queue 1002");
    assertThat(Files.readAllLines(file)).hasSize(1_000);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.list(folder)).containsExactly(file);
  }

  @Test
  void whatMayNotBeKeptIsNotWritten() {
    Path file = folder.resolve("history");

    new HistoryFile(file, line -> Optional.empty()).add("patient find Asha");

    assertThat(file).doesNotExist();
  }

  @Test
  void aHistoryThatCannotBeKeptKeepsNobodyFromWorking() throws Exception {
    Path notAFolder = Files.writeString(folder.resolve("file"), "");
    HistoryFile history = new HistoryFile(notAFolder.resolve("history"), Optional::of);

    history.add("queue");

    assertThat(history.lines()).isEmpty();
  }
}
