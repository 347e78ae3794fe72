package opd.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SeenLinesTest {
  // The table grows several times.
  private static final int LINES = 20_000;
  private static final Path MAPPED = Path.of("/proc/self/maps");

  @Test
  void everyLineIsCountedAlsoWhenTheTableGrows() {
    try (SeenLines seen = new SeenLines()) {
      for (int round = 0; round < 3; round++) {
        Random random = new Random(1);
        for (int line = 0; line < LINES; line++) {
          assertThat(seen.count(digest(random))).isEqualTo(round);
        }
      }
    }
  }

  @Test
  void theFileHasNoNameWhileItIsUsed() throws Exception {
    assumeTrue(Files.exists(MAPPED), "this system does not tell what is mapped");
    try (SeenLines seen = new SeenLines();
        Stream<String> maps = Files.lines(MAPPED)) {
      assertThat(seen.count(digest(new Random(1)))).isZero();
      assertThat(maps.filter(line -> line.contains("opd-intake")).toList())
          .isNotEmpty()
          .allMatch(line -> line.endsWith("(deleted)"));
    }
  }

  private static byte[] digest(Random random) {
    return ByteBuffer.allocate(16).putLong(random.nextLong()).putLong(random.nextLong()).array();
  }
}
