package opd.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import opd.domain.OpdException;
import opd.domain.PlainText;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// What the program takes for plain text and what the database does is the same.
@Order(28)
final class PlainTextGuardTest {
  // The last that PostgreSQL's or Java's tables tell apart: a selector of variations.
  private static final int LAST = 0xE01EF;
  // Between them only ideographs, and planes with nothing: some of each will do.
  private static final int IDEOGRAPHS = 0x20000;
  private static final int TAGS = 0xE0000;
  private static final int STEP = 257;

  @Test
  void everyCharacterIsJudgedTheSame() throws SQLException {
    try (TestFacility facility = TestFacility.create();
        Prompt prompt = Prompt.asSuperuser(facility)) {
      for (String pattern : List.of("%s", "%sb", "\u200d%s")) {
        Set<String> accepted =
            new HashSet<>(
                prompt.column(
                    """
                    select chr(code) from generate_series(1, %d) code
                     where (code < %d or code >= %d or code %% %d = 0)
                       and code not between 55296 and 57343
                       and is_plain_text(replace('%s', '@', chr(code)), 9)
                    """
                        .formatted(LAST, IDEOGRAPHS, TAGS, STEP, pattern.formatted("@"))));
        List<String> judgedOtherwise =
            IntStream.rangeClosed(1, LAST)
                .filter(code -> code < IDEOGRAPHS || code >= TAGS || code % STEP == 0)
                .mapToObj(Character::toString)
                .filter(character -> isComposed(pattern.formatted(character)))
                .filter(character ->
                    accepted.contains(character) != isTaken(pattern.formatted(character)))
                .map(character -> "U+%04X".formatted(character.codePointAt(0)))
                .toList();
        assertThat(judgedOtherwise).as(pattern).isEmpty();
        assertThat(accepted).as(pattern).hasSizeGreaterThan(100_000);
      }
    }
  }

  /// Whether it is as the program would store it; what is not, the database never gets.
  private static boolean isComposed(String text) {
    return text.equals(Normalizer.normalize(text, Normalizer.Form.NFC).strip());
  }

  private static boolean isTaken(String text) {
    try {
      PlainText.of("it", text, 9);
      return true;
    } catch (OpdException e) {
      return false;
    }
  }

  @Test
  void aNameThatShowsNothingIsNone() {
    for (String text :
        List.of("\u200d\u200c", "\u00a0", "\u3164", "\u2800 \u00ad", "\u115f\u1160", "\ufe0f")) {
      assertThat(isTaken(text)).as(PlainText.quote(text)).isFalse();
      assertThat(isTaken("a" + text + "b")).as(PlainText.quote(text)).isTrue();
    }
  }
}
