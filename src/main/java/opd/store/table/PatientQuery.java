package opd.store.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import opd.domain.OpdException;
import opd.domain.PhoneNumbers;
import opd.domain.UnidentifiedPatient;

/// Whom somebody looks for, as it was typed: a reference, a number or a part of it in any form, or
/// words of a name in any order.
///
/// @param unidentified one whose number nobody knows
/// @param words each of which the name holds, without what names are left without, see [#LEFT_OUT]
/// @param lastDigits that the number ends with
/// @param prefixes one of which the number begins with, in E.164 form
public record PatientQuery(
    Optional<UnidentifiedPatient> unidentified,
    List<String> words,
    Optional<String> lastDigits,
    List<String> prefixes) {
  /// What one writes in a name and another leaves out; `V3__patient.sql` leaves out the same.
  static final String LEFT_OUT = "'’‘ʼ`´.-‐‑–";

  private static final Pattern ANY_LEFT_OUT = Pattern.compile("['’‘ʼ`´.\\-‐‑–]");
  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("[\\s\\p{Z}\\p{Pi}\\p{Pf}\\p{Ps}\\p{Pe},;:\"/]+");

  /// @param numbers reads numbers of the facility's region
  public static PatientQuery of(String text, PhoneNumbers numbers) {
    Optional<UnidentifiedPatient> unidentified = UnidentifiedPatient.parse(text);
    Optional<String> digits = numbers.digits(text);
    if (digits.isPresent()) {
      String last = digits.get().replaceFirst("^0+", "");
      return new PatientQuery(
          unidentified,
          List.of(),
          Optional.of(last.isEmpty() ? digits.get() : last),
          prefixes(text, numbers));
    }
    return new PatientQuery(unidentified, words(text), Optional.empty(), List.of());
  }

  private static List<String> words(String text) {
    List<String> words =
        Stream.of(BETWEEN_WORDS.split(ANY_LEFT_OUT.matcher(text).replaceAll("")))
            .filter(word -> !word.isEmpty())
            .toList();
    return words.isEmpty() ? List.of(text) : words;
  }

  private static List<String> prefixes(String text, PhoneNumbers numbers) {
    Set<String> prefixes = new LinkedHashSet<>(numbers.prefixes(text));
    try {
      prefixes.add(numbers.parse(text).e164());
    } catch (OpdException e) {
      // No whole number.
    }
    return new ArrayList<>(prefixes);
  }
}
