package opd.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import opd.domain.OpdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineScannerTest {

  /// Words are shown between brackets, a semicolon between commands.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          queue RAO-0900                  | [queue][RAO-0900]
          `  queue   RAO-0900  `          | [queue][RAO-0900]
          --name 'Asha  Rao'              | [--name][Asha  Rao]
          --name "Asha \\"A\\" Rao"       | [--name][Asha "A" Rao]
          --name "a\\b"                   | [--name][a\\b]
          --name Asha\\ Rao               | [--name][Asha Rao]
          --name=O\\'Brien                | [--name=O'Brien]
          --name 'it''s'                  | [--name][its]
          --name ''                       | [--name][]
          a 'b'c"d"                       | [a][bcd]
          a; b ;c                         | [a];[b];[c]
          ;; a;                           | [a]
          a 'b;c'                         | [a][b;c]
          a # b ; c                       | [a]
          a b#c                           | [a][b#c]
          a '#3'                          | [a][#3]
          a \\#3                          | [a][#3]
          a "x # y"                       | [a][x # y]
          cancel #3                       | [cancel]
          # only a comment                | ``
          `   `                           | ``
          --name "आशा रा"                 | [--name][आशा रा]
          """)
  void aLineIsTakenApartAsAShellWould(String line, String expected) {
    assertThat(shown(LineScanner.scan(line, false))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cancel #3           | [cancel][#3]
          c #3; c #12 # both  | [c][#3];[c][#12]
          c #3rd              | [c]
          #3 is a comment     | ''
          q; #3 too           | [q]
          """)
  void atAPromptANumberWithAHashIsAToken(String line, String expected) {
    assertThat(shown(LineScanner.scan(line, true))).isEqualTo(expected);
  }

  @Test
  void aBackslashAtTheEndGoesOnButNotInACommentOrAfterAnother() {
    assertThat(LineScanner.scan("queue \\", false).goesOn()).isTrue();
    assertThat(LineScanner.scan("queue \\\\", false).goesOn()).isFalse();
    assertThat(LineScanner.scan("queue # \\", false).goesOn()).isFalse();
  }

  @Test
  void aLineWithAnOpenQuoteIsRefusedAsAWhole() {
    assertThatThrownBy(() -> CommandLines.of("queue; cancel 'x", false))
        .isInstanceOf(OpdException.class)
        .hasMessageContaining("quote ' is not closed");
  }

  @Test
  void examplesCanBePastedAndNamesShortened() {
    assertThat(CommandLines.of("opd queue --all; ns 7; opd; help slot open", false))
        .containsExactly(
            List.of("queue", "--all"), List.of("no-show", "7"), List.of("help", "slot", "open"));
  }

  private static String shown(LineScanner.Scanned scanned) {
    return scanned.commands().stream()
        .map(words ->
            words.stream().map(word -> "[" + word.text() + "]").collect(Collectors.joining()))
        .collect(Collectors.joining(";"));
  }
}
