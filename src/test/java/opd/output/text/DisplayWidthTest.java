package opd.output.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DisplayWidthTest {
  @ParameterizedTest
  @CsvSource({
    "Asha, 4",
    "अनिता, 5",
    "é, 1",
    "王, 2",
    "ｱ, 1",
    "😀, 2",
    "🚑, 2",
    "🇮🇳, 2",
    "क्‍ष, 2"
  })
  void aTextIsAsWideAsATerminalShowsIt(String text, int columns) {
    assertThat(DisplayWidth.of(text)).isEqualTo(columns);
  }
}
