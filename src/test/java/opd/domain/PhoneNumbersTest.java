package opd.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import opd.testing.SpellingTable;
import org.junit.jupiter.api.Test;

/// What people type in place of a phone number, and what it means.
final class PhoneNumbersTest {
  private static String read(String region, String typed) {
    try {
      PhoneNumber number = new PhoneNumbers(region).parse(typed);
      return number.e164() + (PhoneNumbers.isUnusual(number) ? " unusual" : "");
    } catch (OpdException e) {
      return "no: " + e.getMessage().substring(e.getMessage().lastIndexOf("number: ") + 8);
    }
  }

  @Test
  void everySpellingMeansWhatTheTableSays() throws IOException {
    List<List<String>> rows = SpellingTable.rows("/opd/domain/phone-numbers.txt");
    assertThat(rows).hasSizeGreaterThan(200);
    List<String> wrong = new ArrayList<>();
    for (List<String> row : rows) {
      String expected = row.get(2);
      String found = read(row.get(0), row.get(1));
      boolean isRight =
          expected.startsWith("no: ") ? found.startsWith(expected) : found.equals(expected);
      if (!isRight) {
        wrong.add(String.join(" | ", row) + " | but was: " + found);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aReferenceStandsWhereverANumberStands() {
    PhoneNumbers numbers = new PhoneNumbers("IN");
    assertThat(numbers.reference("U-7")).isEqualTo(new UnidentifiedPatient(7));
    assertThat(numbers.reference(" u-7 ")).isEqualTo(new UnidentifiedPatient(7));
    assertThat(numbers.reference("9876543210")).isEqualTo(new PhoneNumber("+919876543210"));
    for (String other : List.of("U-", "U-x", "U 7", "7-U", "UU-7", "U-7-7")) {
      assertThatThrownBy(() -> numbers.reference(other)).as(other).isInstanceOf(OpdException.class);
    }
  }

  @Test
  void anErrorNamesTheRegionThatANumberIsDialledIn() {
    assertThatThrownBy(() -> new PhoneNumbers("GB").parse("12"))
        .isInstanceOfSatisfying(
            OpdException.class, error -> assertThat(error.hint()).endsWith("within GB"));
  }
}
