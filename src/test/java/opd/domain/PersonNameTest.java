package opd.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import opd.testing.SpellingTable;
import org.junit.jupiter.api.Test;

/// Which spellings are one name: those that differ in case, accents, spaces and punctuation only.
final class PersonNameTest {
  @Test
  void everyPairIsTheSameOrNotAsTheTableSays() throws IOException {
    List<List<String>> rows = SpellingTable.rows("/opd/domain/names.txt");
    assertThat(rows).hasSizeGreaterThan(100);
    List<String> wrong = new ArrayList<>();
    for (List<String> row : rows) {
      PersonName one = new PersonName(row.get(0));
      PersonName other = new PersonName(row.get(1));
      boolean expected = row.get(2).equals("same");
      if (one.sameAs(other) != expected || other.sameAs(one) != expected) {
        wrong.add(String.join(" | ", row));
      }
    }
    assertThat(wrong).isEmpty();
  }
}
