package opd.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import opd.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JooqCodeTest {
  private static final Path COMMITTED = Path.of("src", "main", "java", "opd", "jooq");

  @Test
  void theCommittedCodeIsWhatTheMigrationsGive(@TempDir Path folder) throws Exception {
    // Started here, so that it is not the generator's to stop while other tests use it.
    TestServer.get();
    Process generator =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Duser.language=en",
                "-cp",
                System.getProperty("java.class.path"),
                GenerateJooq.class.getName(),
                folder.toString(),
                "code alone")
            .inheritIO()
            .start();
    assertThat(generator.waitFor()).isZero();
    assertThat(files(folder.resolve("opd").resolve("jooq")))
        .as("run scripts/generate-jooq and commit what it changes")
        .isEqualTo(files(COMMITTED));
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(path).toString(), Files.readString(path));
      }
    }
    return contents;
  }
}
