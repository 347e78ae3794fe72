package opd.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import org.junit.jupiter.api.Test;

final class SeenLinesTest {
  // The table grows several times.
  private static final int LINES = 20_000;

  @Test
  void everyLineIsCountedAlsoWhenTheTableGrows() {
    SeenLines seen = new SeenLines(LINES);
    for (int round = 0; round < 3; round++) {
      Random random = new Random(1);
      for (int line = 0; line < LINES; line++) {
        assertThat(seen.count(digest(random))).isEqualTo(round);
      }
    }
  }

  @Test
  void oneMoreLineThanItTakesIsRefusedAndThoseItKnowsAreNot() {
    SeenLines seen = new SeenLines(2);
    Random random = new Random(1);
    byte[] known = digest(random);
    assertThat(seen.count(known)).isZero();
    assertThat(seen.count(digest(random))).isZero();
    assertThatThrownBy(() -> seen.count(digest(random)))
        .isInstanceOfSatisfying(
            OpdException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.INVALID_INPUT);
              assertThat(error).hasMessageContaining("at most 2 different lines");
            });
    assertThat(seen.count(known)).isEqualTo(1);
  }

  private static byte[] digest(Random random) {
    return ByteBuffer.allocate(8).putLong(random.nextLong()).array();
  }
}
